package dev.rensa.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.policy.PolicyStore;
import dev.rensa.wallet.policy.PolicyStore.Counted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPolicyStoreTest {

    private static final PublicKey KEY = PublicKey.fromHex("11".repeat(32));

    @TempDir
    Path directory;

    private PolicyStore store;

    /** The same, as another process has it. */
    private PolicyStore other;

    TestDatabase database(Path home) {
        return TestDatabase.sqlite(home);
    }

    @BeforeEach
    void open() {
        TestDatabase home = database(directory);
        Database database = home.open();
        WalletId id = new WalletId("till");
        new JdbcWalletStore(database)
                .add(new Wallet(id, "till", 0, true, List.of(new Account(id, 0, KEY, 0, null))), Optional.empty());
        store = new JdbcPolicyStore(database);
        other = new JdbcPolicyStore(home.open());
    }

    @Test
    void shouldKeepAPolicyAndReplaceIt() {
        assertThat(store.find("till")).isEmpty();

        store.save("till", new Policy(1L, 2L, 3L, Set.of(KEY)));
        assertThat(store.find("till")).contains(new Policy(1L, 2L, 3L, Set.of(KEY)));

        store.save("till", Policy.NONE);
        assertThat(store.find("till")).contains(Policy.NONE);
    }

    @Test
    void shouldNeverLetManyAtOnceTakeMoreThanTheDayHolds() throws Exception {
        store.save("till", new Policy(null, 100L, null, Set.of()));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Counted>> answers = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(
                            () -> (i % 2 == 0 ? store : other).count("name-" + i, "till", 7, 100, 1000, 0)))
                    .toList();
            int taken = 0;
            for (Future<Counted> answer : answers) {
                taken += answer.get() == Counted.YES ? 1 : 0;
            }
            assertThat(taken).isEqualTo(14);
        }
    }

    @Test
    void shouldNeverShowTheLimitsOfOnePolicyWithTheRecipientsOfAnother() throws Exception {
        Policy few = new Policy(null, null, null, Set.of(KEY));
        Policy little = new Policy(1L, null, null, Set.of());
        store.save("till", few);
        AtomicBoolean done = new AtomicBoolean();

        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<?> changes = threads.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    other.save("till", i % 2 == 0 ? little : few);
                }
                done.set(true);
            });
            while (!done.get() && !changes.isDone()) {
                assertThat(store.find("till").orElseThrow()).isIn(few, little);
            }
            changes.get();
        }
    }

    @Test
    void shouldForgetWhatWasReleasedAndWhatIsADayOld() {
        store.save("till", new Policy(null, 100L, null, Set.of()));
        assertThat(store.count("first", "till", 100, 100, 1000, 0)).isEqualTo(Counted.YES);
        assertThat(store.count("second", "till", 1, 100, 1001, 0)).isEqualTo(Counted.BEYOND_THE_LIMIT);

        store.release("first");
        assertThat(store.count("third", "till", 100, 100, 1002, 0)).isEqualTo(Counted.YES);
        assertThat(store.count("fourth", "till", 1, 100, 2000, 1001)).isEqualTo(Counted.BEYOND_THE_LIMIT);

        assertThat(store.count("fifth", "till", 100, 100, 2001, 1002)).isEqualTo(Counted.YES);
        assertThat(store.count("sixth", "till", Long.MAX_VALUE, 100, 2002, 1002))
                .isEqualTo(Counted.BEYOND_THE_LIMIT);
    }

    @Test
    void shouldCountWhatIsAskedForAgainOnceWhileAnyOfTheCallsMayStillPromiseIt() {
        store.save("till", new Policy(null, 100L, null, Set.of()));
        assertThat(store.count("name", "till", 60, 100, 1000, 0)).isEqualTo(Counted.YES);

        assertThat(other.count("name", "till", 60, 100, 1001, 0)).isEqualTo(Counted.YES);
        assertThat(store.count("else", "till", 41, 100, 1002, 0)).isEqualTo(Counted.BEYOND_THE_LIMIT);
        store.release("name");
        assertThat(store.count("else", "till", 41, 100, 1003, 0)).isEqualTo(Counted.BEYOND_THE_LIMIT);
        other.release("name");

        assertThat(store.count("else", "till", 100, 100, 1004, 0)).isEqualTo(Counted.YES);
    }

    @Test
    void shouldCountTheLargestSumOfAName() {
        store.save("till", new Policy(null, 100L, null, Set.of()));
        store.count("name", "till", 60, 100, 1000, 0);

        assertThat(store.count("name", "till", 101, 100, 1001, 0)).isEqualTo(Counted.SMALLER_BEFORE);
        assertThat(store.count("name", "till", 90, 100, 1002, 0)).isEqualTo(Counted.YES);
        assertThat(store.count("name", "till", 60, 100, 1003, 0)).isEqualTo(Counted.YES);

        assertThat(store.count("else", "till", 11, 100, 1004, 0)).isEqualTo(Counted.BEYOND_THE_LIMIT);
        assertThat(store.count("else", "till", 10, 100, 1005, 0)).isEqualTo(Counted.YES);
    }
}
