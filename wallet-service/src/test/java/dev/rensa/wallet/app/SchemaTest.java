package dev.rensa.wallet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcWebhookStore;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.webhook.WebhookStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SchemaTest {

    @TempDir
    Path directory;

    /** Who edits one makes every wallet that has a database end at its start: a change of tables is another migration. */
    @Test
    void shouldNeverChangeAMigrationNorNumberTwoAlike() {
        Map<String, Integer> checksums = new LinkedHashMap<>();
        // It throws where two have one number.
        for (MigrationInfo migration : flyway().load().info().all()) {
            checksums.put(migration.getScript(), migration.getChecksum());
        }

        assertThat(checksums)
                .containsExactly(
                        Map.entry("V1__wallets_and_transfers.sql", 1196735339),
                        Map.entry("V10__access.sql", 170233260),
                        Map.entry("V11__keys.sql", -209051794),
                        Map.entry("V12__policies.sql", 804812269),
                        Map.entry("V20__lanes.sql", -222440135),
                        Map.entry("V21__former_transactions.sql", 69043568),
                        Map.entry("V22__payouts.sql", 625888881),
                        Map.entry("V30__event_sequence.sql", 1114173170),
                        Map.entry("V31__webhooks.sql", -1271725264),
                        Map.entry("V40__received_payments.sql", 1579416778),
                        Map.entry("V41__restored.sql", -1122694184),
                        Map.entry("V42__webhook_turns.sql", -1843562202),
                        Map.entry("V43__received_search.sql", -269473854),
                        Map.entry("V44__webhook_types.sql", -1303415878));
    }

    @Test
    void shouldKeepWhatWebhooksWereToldOf() throws SQLException {
        flyway().target("43").load().migrate();
        try (Connection connection = source().getConnection();
                Statement insert = connection.createStatement()) {
            for (String[] row : new String[][] {{"all", ""}, {"some", "mined,final"}}) {
                insert.executeUpdate("INSERT INTO webhook (id, label, url, sealed_secret, states, position, created_at,"
                        + " created_by) VALUES ('" + row[0] + "', 'till', 'https://shop.example', 'sealed', '" + row[1]
                        + "', 0, 1, 'admin')");
            }
        }

        flyway().load().migrate();

        WebhookStore store = new JdbcWebhookStore(new Database(source()));
        assertThat(store.find("all").orElseThrow().types()).isEqualTo(NoticeType.named("transfer"));
        assertThat(store.find("some").orElseThrow().types())
                .containsExactlyInAnyOrder(NoticeType.TRANSFER_MINED, NoticeType.TRANSFER_FINAL);
    }

    @Test
    void shouldLeaveWalletsOfAFormerFormAsTheyAre() throws SQLException {
        flyway().target("10").load().migrate();
        try (Connection connection = source().getConnection();
                Statement insert = connection.createStatement()) {
            insert.executeUpdate("INSERT INTO wallet (id, label, sealed_entropy, created_at)"
                    + " VALUES ('till', 'till', 'sealed under the former key', 1)");
        }

        assertThatThrownBy(() -> Schema.migrate(flyway().load(), "rensa.wallet.data-dir to a fresh directory"))
                .hasMessageContaining("nothing of it was lost")
                .hasMessageContaining("rensa.wallet.data-dir")
                .hasStackTraceContaining("wallets_of_a_former_form_stay_untouched");

        try (Connection connection = source().getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT sealed_entropy FROM wallet")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("sealed under the former key");
        }
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(source());
    }

    private SQLiteDataSource source() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("wallet.db") + "?foreign_keys=true");
        return source;
    }
}
