package dev.rensa.wallet.store;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same on PostgreSQL, where every request may come from another replica. */
class PostgresPolicyStoreTest extends JdbcPolicyStoreTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }
}
