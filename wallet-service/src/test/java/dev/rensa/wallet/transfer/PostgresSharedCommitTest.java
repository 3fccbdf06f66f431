package dev.rensa.wallet.transfer;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same on PostgreSQL. */
class PostgresSharedCommitTest extends SharedCommitTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }
}
