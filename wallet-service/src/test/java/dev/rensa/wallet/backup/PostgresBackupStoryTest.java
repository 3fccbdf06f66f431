package dev.rensa.wallet.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNode;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.fixture.TestPostgres;
import dev.rensa.wallet.fixture.WalletBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From SQLite into PostgreSQL: how a wallet that grew is moved. */
class PostgresBackupStoryTest extends BackupStoryTest {

    @Override
    TestDatabase into(Path home) {
        return TestDatabase.postgresql();
    }

    /** The restoration is stopped where it deletes what it found nothing in; somebody makes a wallet just then. */
    @Test
    void shouldLoseNoWalletThatIsMadeWhileItIsRestored() throws IOException, SQLException {
        DataSource source = TestPostgres.shared().database();
        TestDatabase database = TestDatabase.of(source);
        Path home = Files.createDirectory(directory.resolve("third"));
        FakeChain chain = FakeChain.development();
        byte[] file = backup();
        try (WalletBench bench = new WalletBench(database, home, chain, List.of(new FakeNode("a", chain)));
                Connection holder = source.getConnection();
                Statement counter = holder.createStatement();
                Connection watcher = source.getConnection();
                Statement locks = watcher.createStatement()) {
            holder.setAutoCommit(false);
            counter.execute("SELECT last FROM event_counter FOR UPDATE");
            var restored = CompletableFuture.supplyAsync(() -> restore(bench, file));
            Awaitility.await().until(() -> waiting(locks) == 1);
            var made = CompletableFuture.supplyAsync(
                    () -> bench.wallets().create("mine").wallet().id());
            Awaitility.await().until(() -> made.isDone() || waiting(locks) == 2);
            holder.rollback();

            assertThat(restored.join().wallets()).isEqualTo(1);
            assertThat(bench.wallets().find(made.join())).isPresent();
        }
    }

    private static Archive.Restored restore(WalletBench bench, byte[] file) {
        try {
            return bench.restore(file, PASSPHRASE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Transactions that wait for another one's lock, of this database alone. */
    private static int waiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT COUNT(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity"
                + " USING (pid) WHERE NOT granted AND datname = current_database()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
