package dev.rensa.explorer.index;

/** The same on PostgreSQL. */
class PostgresReorganisationStormTest extends ReorganisationStormTest {

    @Override
    TestDatabase database(String name) {
        return TestDatabase.postgresql();
    }
}
