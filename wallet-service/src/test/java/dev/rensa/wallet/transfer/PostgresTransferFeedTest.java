package dev.rensa.wallet.transfer;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same on PostgreSQL, with two processes that write at once. */
class PostgresTransferFeedTest extends TransferFeedTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }

    @Override
    int writers() {
        return 2;
    }
}
