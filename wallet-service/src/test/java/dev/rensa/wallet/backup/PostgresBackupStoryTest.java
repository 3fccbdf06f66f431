package dev.rensa.wallet.backup;

import dev.rensa.wallet.fixture.TestDatabase;
import java.nio.file.Path;

/** From SQLite into PostgreSQL: how a wallet that grew is moved. */
class PostgresBackupStoryTest extends BackupStoryTest {

    @Override
    TestDatabase into(Path home) {
        return TestDatabase.postgresql();
    }
}
