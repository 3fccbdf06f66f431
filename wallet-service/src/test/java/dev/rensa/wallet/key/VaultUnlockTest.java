package dev.rensa.wallet.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault whose unlocking takes as long as the test likes. */
class VaultUnlockTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final SlowStore store = new SlowStore();
    private Vault vault;

    @BeforeEach
    void makeAndLock() {
        Path file = directory.resolve("secret");
        MasterSecret.generate(file, new SecureRandom());
        vault = Vault.open(store, Optional.of(MasterSecret.ofFile(file)), new SecureRandom(), Clock.systemUTC());
        vault.lock();
        store.gate = new CountDownLatch(1);
    }

    @Test
    void shouldKeepNobodyWaitingWhileASecretIsTried() throws Exception {
        CompletableFuture<Void> unlocking = unlocking();

        assertThat(CompletableFuture.supplyAsync(vault::isLocked, Thread::startVirtualThread)
                        .get(BOUND.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThatThrownBy(() -> vault.unlock(Optional.empty(), null)).isInstanceOf(TooManyGuessesException.class);

        store.gate.countDown();
        unlocking.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(vault.isLocked()).isFalse();
    }

    @Test
    void shouldStayLockedWhenSomebodyLocksWhileASecretIsTried() throws Exception {
        CompletableFuture<Void> unlocking = unlocking();

        CompletableFuture.runAsync(vault::lock, Thread::startVirtualThread)
                .get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        store.gate.countDown();

        assertThatThrownBy(unlocking::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(VaultLockedException.class);
        assertThat(vault.isLocked()).isTrue();
    }

    private CompletableFuture<Void> unlocking() throws InterruptedException {
        store.asked = new CountDownLatch(1);
        CompletableFuture<Void> unlocking =
                CompletableFuture.runAsync(() -> vault.unlock(Optional.empty(), null), Thread::startVirtualThread);
        assertThat(store.asked.await(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return unlocking;
    }

    /** Answers when its gate opens. */
    private static final class SlowStore implements VaultStore {
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile CountDownLatch asked = new CountDownLatch(0);
        private volatile @Nullable VaultRecord vault;

        @Override
        public Optional<VaultRecord> load() {
            asked.countDown();
            try {
                assertThat(gate.await(BOUND.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.ofNullable(vault);
        }

        @Override
        public boolean add(VaultRecord first) {
            vault = first;
            return true;
        }

        @Override
        public boolean replace(VaultRecord former, VaultRecord next) {
            vault = next;
            return true;
        }
    }
}
