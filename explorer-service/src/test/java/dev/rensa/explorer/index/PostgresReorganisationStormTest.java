package dev.rensa.explorer.index;

/** The same on PostgreSQL, for fewer rounds: each comparison needs a database of its own. */
class PostgresReorganisationStormTest extends ReorganisationStormTest {

    @Override
    int rounds() {
        return 45;
    }

    @Override
    TestDatabase database(String name) {
        return TestDatabase.postgresql();
    }
}
