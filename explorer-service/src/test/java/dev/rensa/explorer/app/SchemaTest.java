package dev.rensa.explorer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SchemaTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatToDeleteWhenOtherTablesAreThere() throws SQLException {
        assertOtherTables("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");
    }

    @Test
    void shouldSaySoOfNewerTablesToo() throws SQLException {
        assertOtherTables("INSERT INTO flyway_schema_history SELECT installed_rank + 100, '999', description, type,"
                + " 'V999__newer.sql', checksum, installed_by, installed_on, execution_time, success"
                + " FROM flyway_schema_history WHERE version = '1'");
    }

    private void assertOtherTables(String change) throws SQLException {
        SQLiteDataSource source = source();
        Schema.migrate(flyway(source), "delete it");
        Schema.migrate(flyway(source), "delete it");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(change);
        }

        assertThatThrownBy(() -> Schema.migrate(flyway(source), "delete explorer.db in /data"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Another version of the explorer made its database")
                .hasMessageContaining(": delete explorer.db in /data, and start the explorer again");
    }

    /** Who edits one makes every explorer that has a database end at its start: a change of tables is another migration. */
    @Test
    void shouldNeverChangeAMigration() {
        Map<String, Integer> checksums = new LinkedHashMap<>();
        for (MigrationInfo migration : flyway(source()).info().all()) {
            checksums.put(migration.getScript(), migration.getChecksum());
        }

        assertThat(checksums)
                .containsExactly(
                        Map.entry("V1__chain_index.sql", -1425083802),
                        Map.entry("V2__reorganisations.sql", -1568980876),
                        Map.entry("V3__index_writer.sql", 808806605),
                        Map.entry("V4__history.sql", 2038300507),
                        Map.entry("V5__last_notes.sql", -943588142));
    }

    private SQLiteDataSource source() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("explorer.db"));
        return source;
    }

    private static Flyway flyway(SQLiteDataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .placeholders(Map.of("row_key", "INTEGER", "by_key", "WITHOUT ROWID"))
                .load();
    }
}
