package dev.rensa.wallet.api;

import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.GuardedSettings;
import dev.rensa.wallet.fixture.PostgresSettings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same before the other database, which takes less. */
@EnabledIf("dev.rensa.wallet.fixture.TestPostgres#isThere")
@QuarkusTest
@TestProfile(PostgresOpenApiFuzzTest.OnPostgres.class)
@QuarkusTestResource(value = FakeNetwork.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = GuardedSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PostgresSettings.class, restrictToAnnotatedClass = true)
class PostgresOpenApiFuzzTest extends OpenApiFuzzTest {

    /** Fewer: the service is the same, and only what it writes is another matter. */
    @Override
    int requestsAnOperation() {
        return 20;
    }

    @Override
    int requestsOfADearOne() {
        return 3;
    }

    /** Its own start of the service, since the database is settled at the start. */
    public static final class OnPostgres implements QuarkusTestProfile {}
}
