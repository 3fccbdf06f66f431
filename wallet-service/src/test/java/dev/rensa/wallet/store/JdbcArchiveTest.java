package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcArchiveTest {

    @TempDir
    Path directory;

    @Test
    void shouldLeaveOutNoTableThatIsNotMeantTo() {
        Database database = TestDatabase.sqlite(directory).open();

        List<String> tables = database.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                statement -> {}, row -> row.getString(1));

        List<String> known = new ArrayList<>(JdbcArchive.TABLES);
        known.addAll(JdbcArchive.LEFT_OUT);
        assertThat(known)
                .as("a table that is new stands in JdbcArchive.TABLES, or in LEFT_OUT if a backup does not carry it")
                .containsExactlyInAnyOrderElementsOf(tables);
    }
}
