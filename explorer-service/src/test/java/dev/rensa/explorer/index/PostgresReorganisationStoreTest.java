package dev.rensa.explorer.index;

/** The same on PostgreSQL. */
class PostgresReorganisationStoreTest extends ReorganisationStoreTest {

    @Override
    TestDatabase database(String name) {
        return TestDatabase.postgresql();
    }
}
