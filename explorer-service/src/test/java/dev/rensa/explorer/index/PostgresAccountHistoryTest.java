package dev.rensa.explorer.index;

/** The same on PostgreSQL. */
class PostgresAccountHistoryTest extends AccountHistoryTest {

    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
