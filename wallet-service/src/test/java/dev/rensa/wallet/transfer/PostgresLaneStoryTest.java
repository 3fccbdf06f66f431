package dev.rensa.wallet.transfer;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same stories on PostgreSQL. */
class PostgresLaneStoryTest extends LaneStoryTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }
}
