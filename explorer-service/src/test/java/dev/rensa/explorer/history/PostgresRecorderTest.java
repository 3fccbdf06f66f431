package dev.rensa.explorer.history;

import dev.rensa.explorer.index.TestDatabase;

/** The same on PostgreSQL. */
class PostgresRecorderTest extends RecorderTest {

    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
