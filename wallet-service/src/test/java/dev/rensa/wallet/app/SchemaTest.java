package dev.rensa.wallet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SchemaTest {

    @TempDir
    Path directory;

    @Test
    void shouldLeaveWalletsOfAFormerFormAsTheyAre() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve("wallet.db") + "?foreign_keys=true");
        Flyway.configure().dataSource(source).target("10").load().migrate();
        try (Connection connection = source.getConnection();
                Statement insert = connection.createStatement()) {
            insert.executeUpdate("INSERT INTO wallet (id, label, sealed_entropy, created_at)"
                    + " VALUES ('till', 'till', 'sealed under the former key', 1)");
        }

        assertThatThrownBy(() -> Schema.migrate(
                        Flyway.configure().dataSource(source).load(), "rensa.wallet.data-dir to a fresh directory"))
                .hasMessageContaining("nothing of it was lost")
                .hasMessageContaining("rensa.wallet.data-dir")
                .hasStackTraceContaining("wallets_of_a_former_form_stay_untouched");

        try (Connection connection = source.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT sealed_entropy FROM wallet")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("sealed under the former key");
        }
    }
}
