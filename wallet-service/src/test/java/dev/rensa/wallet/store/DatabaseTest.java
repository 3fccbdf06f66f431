package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.transfer.StoreException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @TempDir
    Path home;

    @Test
    void shouldUndoAWriteInWhichTheDriverLostItsConnection() {
        undoesWhatTheDriverLost(TestDatabase.sqlite(home).open());
        undoesWhatTheDriverLost(TestDatabase.postgresql().open());
    }

    private static void undoesWhatTheDriverLost(Database database) {
        Supplier<Object> halfWay = () -> database.write("a half", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE half (done INTEGER)");
            }
            throw new AssertionError("so the driver says it");
        });

        assertThatThrownBy(halfWay::get).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> database.together("a half", halfWay)).isInstanceOf(StoreException.class);
        Supplier<Optional<Integer>> look =
                () -> database.queryOne("SELECT done FROM half", statement -> {}, row -> row.getInt(1));
        assertThatThrownBy(look::get).isInstanceOf(StoreException.class);
    }
}
