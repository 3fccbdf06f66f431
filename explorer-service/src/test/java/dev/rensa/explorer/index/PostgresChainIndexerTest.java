package dev.rensa.explorer.index;

/** The same on PostgreSQL. */
class PostgresChainIndexerTest extends ChainIndexerTest {

    @Override
    TestDatabase database(String name) {
        return TestDatabase.postgresql();
    }
}
