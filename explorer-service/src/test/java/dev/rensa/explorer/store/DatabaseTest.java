package dev.rensa.explorer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.explorer.fixture.TestPostgres;
import dev.rensa.explorer.index.IndexStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private static final String END_ME = "SELECT pg_terminate_backend(pg_backend_pid())";

    private final Database database = new Database(TestPostgres.shared().database());

    @Test
    void shouldTellWhatEndedTheConnectionAndGoOnWithAnother() {
        Database.Work<List<Boolean>> end =
                connection -> Database.query(connection, END_ME, _ -> {}, row -> row.getBoolean(1));

        assertThatThrownBy(() -> database.write(end))
                .isInstanceOf(IndexStoreException.class)
                .hasMessageContaining("terminating connection");
        assertThatThrownBy(() -> database.read(end))
                .isInstanceOf(IndexStoreException.class)
                .hasMessageContaining("terminating connection");

        assertThat(database.queryOne("SELECT 7", _ -> {}, row -> row.getInt(1))).contains(7);
    }
}
