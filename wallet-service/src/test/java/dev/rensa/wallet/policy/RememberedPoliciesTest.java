package dev.rensa.wallet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RememberedPoliciesTest {

    private static final Policy STRICT = new Policy(1L, null, null, Set.of());
    private static final Policy LAX = new Policy(1000L, null, null, Set.of());

    private final Disk disk = new Disk();
    private final RememberedPolicies policies = new RememberedPolicies(disk, Runnable::run);

    @Test
    void shouldAskTheStoreOnceForAWalletThatHasNoPolicy() {
        assertThat(policies.find("till")).isEmpty();
        assertThat(policies.find("till")).isEmpty();

        assertThat(disk.read).hasValue(1);
    }

    @Test
    void shouldHoldANewPolicyFromItsSettingOn() {
        policies.find("till");
        policies.save("till", STRICT);
        assertThat(policies.find("till")).contains(STRICT);

        policies.save("till", LAX);
        assertThat(policies.find("till")).contains(LAX);
    }

    @Test
    void shouldReadAgainWhenItIsNotKnownWhetherANewPolicyWasWritten() {
        policies.find("till");
        disk.failure = new IllegalStateException("the disk went behind the commit");

        assertThatThrownBy(() -> policies.save("till", STRICT)).isSameAs(disk.failure);

        assertThat(policies.find("till")).contains(STRICT);
    }

    @Test
    void shouldReadAllAnewWhenTheyAreToBeForgotten() {
        policies.find("till");
        disk.policy = Optional.of(STRICT);

        policies.forget();

        assertThat(policies.find("till")).contains(STRICT);
    }

    /** More wallets than it keeps policies of: each is answered all the same. */
    @Test
    void shouldKeepABoundedNumber() {
        IntStream.range(0, 1_000).forEach(number -> policies.find("wallet-" + number));
        int before = disk.read.get();

        IntStream.range(0, 1_000).forEach(number -> policies.find("wallet-" + number));

        assertThat(disk.read.get() - before).isGreaterThan(500);
    }

    /** Whoever reads the former policy while a new one is set must not leave it behind for those who come later. */
    @Test
    void shouldForgetAPolicyThatWasBeingReadWhenANewOneWasSet() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        disk.behindReading = () -> {
            reading.countDown();
            awaitQuietly(goOn);
        };
        FutureTask<Optional<Policy>> early = started(() -> policies.find("till"));
        reading.await();
        disk.behindReading = () -> {};

        FutureTask<Optional<Policy>> saved = new FutureTask<>(() -> policies.save("till", STRICT), Optional.empty());
        Thread saver = Thread.ofPlatform().daemon().start(saved);
        Awaitility.await()
                .until(() -> disk.policy.isPresent()
                        && (saver.getState() == Thread.State.BLOCKED || saver.getState() == Thread.State.TERMINATED));
        goOn.countDown();
        early.get();
        saved.get();

        assertThat(policies.find("till")).contains(STRICT);
    }

    private static FutureTask<Optional<Policy>> started(Callable<Optional<Policy>> work) {
        FutureTask<Optional<Policy>> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One wallet's policy, and how often it was read. */
    private static final class Disk implements PolicyStore {
        private volatile Optional<Policy> policy = Optional.empty();
        private final AtomicInteger read = new AtomicInteger();
        private volatile Runnable behindReading = () -> {};
        private volatile @Nullable IllegalStateException failure;

        @Override
        public Optional<Policy> find(String wallet) {
            Optional<Policy> seen = policy;
            read.incrementAndGet();
            behindReading.run();
            return seen;
        }

        @Override
        public void save(String wallet, Policy saved) {
            policy = Optional.of(saved);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public Counted count(String name, String wallet, long cost, long maxDay, long nowMillis, long sinceMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
