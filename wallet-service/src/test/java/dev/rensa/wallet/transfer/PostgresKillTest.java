package dev.rensa.wallet.transfer;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same deaths on PostgreSQL: fewer of them, since each needs a database of its own. */
class PostgresKillTest extends KillTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }

    @Override
    int stride() {
        return 3;
    }
}
