package dev.rensa.wallet.webhook;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** The same on PostgreSQL. */
class PostgresDispatcherTest extends DispatcherTest {

    @Override
    TestDatabase database(Path home) {
        return TestDatabase.postgresql();
    }
}
