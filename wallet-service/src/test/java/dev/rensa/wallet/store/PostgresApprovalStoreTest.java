package dev.rensa.wallet.store;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same on PostgreSQL. */
class PostgresApprovalStoreTest extends JdbcApprovalStoreTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }
}
