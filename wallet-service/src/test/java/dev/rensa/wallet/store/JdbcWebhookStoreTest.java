package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.webhook.Delivery;
import dev.rensa.wallet.webhook.Webhook;
import dev.rensa.wallet.webhook.WebhookStore;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class JdbcWebhookStoreTest {

    private static final String ID = "hook";
    private static final int LIMIT = 50;

    @TempDir
    Path directory;

    private final AtomicReference<Runnable> beforeTurn = new AtomicReference<>(() -> {});

    @Test
    void shouldNotKeepTheTurnWhenAnotherReplicaToldAllMeanwhile() {
        WebhookStore other = new JdbcWebhookStore(TestDatabase.sqlite(directory).open());
        WebhookStore late = new JdbcWebhookStore(new Database(watched()));
        Webhook webhook =
                new Webhook(ID, "till", URI.create("https://shop.example/hook"), Set.of(), null, 0, 1, "admin", null);
        other.add(webhook, "sealed");
        other.plan(webhook, List.of(1L), 1, 100);
        beforeTurn.set(() -> other.settle(ID, 500, other.claim(ID, 100, 500, LIMIT), List.of(), Optional.empty()));

        assertThat(late.claim(ID, 101, 501, LIMIT)).isEmpty();

        other.plan(other.find(ID).orElseThrow(), List.of(2L), 2, 102);
        assertThat(other.claim(ID, 103, 503, LIMIT))
                .extracting(Delivery::sequence)
                .containsExactly(2L);
    }

    /** A replica's connections: between the first, by which it sees what is due, and the second the other one acts. */
    private DataSource watched() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("wallet.db") + "?journal_mode=WAL&busy_timeout=10000");
        AtomicInteger connections = new AtomicInteger();
        return (DataSource) Proxy.newProxyInstance(
                JdbcWebhookStoreTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    // The very first asks which database it is.
                    if (connections.incrementAndGet() == 3) {
                        beforeTurn.get().run();
                    }
                    return source.getConnection();
                });
    }
}
