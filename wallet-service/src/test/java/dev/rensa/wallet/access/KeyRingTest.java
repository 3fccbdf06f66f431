package dev.rensa.wallet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.wallet.fixture.TestDatabase;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcAccessStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

    private static final String CONFIGURED = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    private Database database;
    private ApiKeyStore store;
    private AuditLog audit;

    @BeforeEach
    void open() {
        database = TestDatabase.sqlite(directory).open();
        JdbcAccessStore home = new JdbcAccessStore(database);
        store = home.keys();
        audit = new AuditLog(home.audit(), new SecureRandom(), Clock.systemUTC());
    }

    @Test
    void shouldBeOpenUntilTheFirstKeyWhichIsAnAdministrators() {
        KeyRing ring = ring(Optional.empty(), false);
        assertThat(ring.isOpen()).isTrue();
        assertThatThrownBy(() -> ring.create("shop", Role.SPENDER, "local"))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining("administrator");

        KeyRing.Created first = ring.create("me", Role.ADMIN, "local");

        assertThat(ring.isOpen()).isFalse();
        assertThat(ring.find(first.secret())).contains(first.key());
        assertThat(ring.find(first.secret() + "x")).isEmpty();
        assertThat(first.secret()).startsWith(KeySecret.PREFIX).hasSize(48);
    }

    @Test
    void shouldLetNoKeyPassForTheConfiguredOneInTheLog() {
        KeyRing ring = ring(Optional.of(CONFIGURED), false);

        assertThatThrownBy(() -> ring.create(KeyRing.CONFIGURED, Role.READER, "key:me"))
                .isInstanceOfSatisfying(
                        AccessRefusedException.class, e -> assertThat(e.code()).isEqualTo("reserved-name"));
    }

    @Test
    void shouldKeepNothingOfASecretButItsHash() {
        KeyRing.Created created = ring(Optional.of(CONFIGURED), false).create("shop", Role.SPENDER, "local");

        assertThat(store.list().toString() + created + created.key().hash())
                .doesNotContain(created.secret())
                .doesNotContain(CONFIGURED);
    }

    @Test
    void shouldForgetARevokedKeyAtOnceAndOnOtherReplicasAtTheirNextLook() {
        KeyRing here = ring(Optional.of(CONFIGURED), false);
        KeyRing.Created created = here.create("shop", Role.SPENDER, "key:me");
        KeyRing there = ring(Optional.of(CONFIGURED), false);
        assertThat(there.find(created.secret())).isPresent();

        assertThat(here.revoke(created.key().id(), "key:me")).isTrue();

        assertThat(here.find(created.secret())).isEmpty();
        there.refresh();
        assertThat(there.find(created.secret())).isEmpty();
        assertThat(here.revoke(created.key().id(), "key:me")).isFalse();
        assertThat(here.list()).singleElement().satisfies(key -> {
            assertThat(key.active()).isFalse();
            assertThat(key.revokedBy()).isEqualTo("key:me");
        });
    }

    @Test
    void shouldNotBringARevokedKeyBackWithAListThatWasReadBefore() throws Exception {
        KeyRing.Created created = ring(Optional.of(CONFIGURED), false).create("shop", Role.SPENDER, "key:me");
        SlowStore slow = new SlowStore(store);
        KeyRing ring = new KeyRing(slow, audit, Optional.of(CONFIGURED), false, new SecureRandom(), Clock.systemUTC());
        slow.holdTheNextList();
        Thread round = Thread.ofPlatform().start(ring::refresh);
        slow.read.await();

        Thread revoker =
                Thread.ofPlatform().start(() -> ring.revoke(created.key().id(), "key:me"));
        Awaitility.await()
                .until(() ->
                        revoker.getState() == Thread.State.BLOCKED || revoker.getState() == Thread.State.TERMINATED);
        slow.go.countDown();
        round.join();
        revoker.join();

        assertThat(ring.find(created.secret())).isEmpty();
    }

    @Test
    void shouldForgetTheKeyThatWasRevokedFirstRatherThanMakeNoneAnyMore() {
        for (int i = 0; i < 3; i++) {
            store.add(new ApiKey("key-" + i, "shop", Role.READER, "hash-" + i, i, "local", null, null));
        }
        store.revoke("key-1", 5, "key:me");
        store.revoke("key-0", 6, "key:me");
        KeyRing ring = new KeyRing(
                new Crowd(store), audit, Optional.of(CONFIGURED), false, new SecureRandom(), Clock.systemUTC());

        ring.create("next", Role.READER, "key:me");

        assertThat(store.list())
                .extracting(ApiKey::id)
                .contains("key-0", "key-2")
                .doesNotContain("key-1");
        assertThat(store.list()).hasSize(3);
    }

    /** As many more keys as the limit leaves room for beside three. */
    private record Crowd(ApiKeyStore store) implements ApiKeyStore {
        @Override
        public void add(ApiKey key) {
            store.add(key);
        }

        @Override
        public boolean revoke(String id, long atMillis, String by) {
            return store.revoke(id, atMillis, by);
        }

        @Override
        public void forget(String id) {
            store.forget(id);
        }

        @Override
        public List<ApiKey> list() {
            return Stream.concat(
                            store.list().stream(),
                            IntStream.range(3, KeyRing.MAX_KEYS)
                                    .mapToObj(i -> new ApiKey(
                                            "crowd-" + i, "crowd", Role.READER, "c" + i, i, "local", 1000L, "local")))
                    .toList();
        }
    }

    /** Holds one answer back that was read already. */
    private static final class SlowStore implements ApiKeyStore {
        private final ApiKeyStore store;
        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicBoolean hold = new AtomicBoolean();

        private SlowStore(ApiKeyStore store) {
            this.store = store;
        }

        private void holdTheNextList() {
            hold.set(true);
        }

        @Override
        public List<ApiKey> list() {
            List<ApiKey> keys = store.list();
            if (hold.getAndSet(false)) {
                read.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return keys;
        }

        @Override
        public void add(ApiKey key) {
            store.add(key);
        }

        @Override
        public void forget(String id) {
            store.forget(id);
        }

        @Override
        public boolean revoke(String id, long atMillis, String by) {
            return store.revoke(id, atMillis, by);
        }
    }

    @Test
    void shouldNotLetTheLastAdministratorGo() {
        KeyRing ring = ring(Optional.empty(), false);
        KeyRing.Created only = ring.create("me", Role.ADMIN, "local");
        assertThatThrownBy(() -> ring.revoke(only.key().id(), "key:me")).hasMessageContaining("last administrator");

        ring.create("you", Role.ADMIN, "key:me");

        assertThat(ring.revoke(only.key().id(), "key:you")).isTrue();
        assertThat(ring.isOpen()).isFalse();
    }

    @Test
    void shouldTakeAnAdministratorsKeyFromTheConfiguration() {
        KeyRing ring = ring(Optional.of(CONFIGURED), false);

        assertThat(ring.isOpen()).isFalse();
        assertThat(ring.find(CONFIGURED))
                .hasValueSatisfying(key -> assertThat(key.role()).isEqualTo(Role.ADMIN));
        assertThat(ring.list()).isEmpty();
        assertThatThrownBy(() -> ring(Optional.of("short"), false)).hasMessageContaining("32 to 256");
    }

    @Test
    void shouldMakeAndRevokeNoKeyWithoutItsLineInTheLog() {
        KeyRing.Created kept = ring(Optional.of(CONFIGURED), false).create("kept", Role.READER, "key:me");
        AuditStore full = new FullLog(new JdbcAccessStore(database).audit());
        KeyRing ring = new KeyRing(
                store,
                new AuditLog(full, new SecureRandom(), Clock.systemUTC()),
                Optional.of(CONFIGURED),
                false,
                new SecureRandom(),
                Clock.systemUTC());

        assertThatThrownBy(() -> ring.create("lost", Role.READER, "key:me")).hasMessageContaining("full");
        assertThatThrownBy(() -> ring.revoke(kept.key().id(), "key:me")).hasMessageContaining("full");

        assertThat(store.list()).containsExactly(kept.key());
        assertThat(ring.find(kept.secret())).isPresent();
    }

    /** Takes no line. */
    private record FullLog(AuditStore store) implements AuditStore {
        @Override
        public void add(AuditEntry entry) {
            throw new IllegalStateException("the log is full");
        }

        @Override
        public <T> T together(Supplier<T> work) {
            return store.together(work);
        }

        @Override
        public List<AuditEntry> list(@Nullable String before, int limit) {
            return store.list(before, limit);
        }
    }

    @Test
    void shouldNotBeOpenWhereTokensAreTaken() {
        assertThat(ring(Optional.empty(), true).isOpen()).isFalse();
    }

    private KeyRing ring(Optional<String> configured, boolean tokens) {
        return new KeyRing(store, audit, configured, tokens, new SecureRandom(), Clock.systemUTC());
    }
}
