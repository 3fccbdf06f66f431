package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.policy.RememberedPolicies;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies in memory beside a database of their own, where an order and its line in the log are written together. */
class RememberedPoliciesStoreTest {

    private static final Policy FORMER = new Policy(1000L, null, null, Set.of());
    private static final Policy STRICT = new Policy(1L, null, null, Set.of());

    @TempDir
    private Path directory;

    private Database database;
    private RememberedPolicies policies;

    @BeforeEach
    void open() {
        database = TestDatabase.sqlite(directory).open();
        WalletId id = new WalletId("till");
        PublicKey key = PublicKey.fromHex("11".repeat(32));
        new JdbcWalletStore(database)
                .add(new Wallet(id, "till", 0, true, List.of(new Account(id, 0, key, 0, null))), Optional.empty());
        policies = new RememberedPolicies(new JdbcPolicyStore(database), database::behindWrites);
        policies.save("till", FORMER);
    }

    /** A request between the writing and its commit reads the former policy, which must not stay. */
    @Test
    void shouldNotKeepAPolicyThatWasReadBeforeTheCommitOfTheNext() {
        database.together("an order", () -> {
            policies.save("till", STRICT);
            assertThat(elsewhere(() -> policies.find("till"))).contains(FORMER);
            return true;
        });

        assertThat(policies.find("till")).contains(STRICT);
    }

    @Test
    void shouldHoldTheFormerPolicyWhenAnOrderIsNotWritten() {
        IllegalStateException failure = new IllegalStateException("its line cannot be written");

        assertThatThrownBy(() -> database.together("an order", () -> {
                    policies.save("till", STRICT);
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(policies.find("till")).contains(FORMER);
    }

    @Test
    void shouldHoldANewPolicyWhenAnOrderWithinAnotherIsWritten() {
        policies.find("till");
        database.together(
                "an order",
                () -> database.together("its part", () -> {
                    policies.save("till", STRICT);
                    return elsewhere(() -> policies.find("till"));
                }));

        assertThat(policies.find("till")).contains(STRICT);
    }

    @Test
    void shouldReadWhatWasWrittenByAnotherWay() {
        assertThat(policies.find("till")).contains(FORMER);
        new JdbcPolicyStore(database).save("till", STRICT);

        policies.forget();

        assertThat(policies.find("till")).contains(STRICT);
    }

    private static <T> T elsewhere(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        try {
            return task.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
