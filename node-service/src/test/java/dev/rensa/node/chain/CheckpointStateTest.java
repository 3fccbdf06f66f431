package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountProof;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of accounts in a bucket that somebody has made large. */
class CheckpointStateTest {
    private static final int BUCKET = 0x0102;
    private static final int PART = StateBucket.PART_ACCOUNTS;

    /** Rows that were read of the state. */
    private final AtomicInteger rows = new AtomicInteger();

    @Test
    void shouldProveAnAccountFromOnePartOfItsBucket() {
        for (int accounts : List.of(1, PART, PART + 1, 2 * PART, 2 * PART + 5)) {
            CheckpointState state = stateOf(accounts);
            BitSet numbers = new BitSet();
            numbers.set(0);
            numbers.set(accounts / 2);
            numbers.set(accounts - 1);

            for (int number : numbers.stream().toArray()) {
                state.prove(key(2 * number));
                rows.set(0);
                CheckpointState.Proving proving = state.prove(key(2 * number)).orElseThrow();

                assertThat(proving.inBucket()).isEqualTo(accounts);
                assertThat(proving.proof()
                                .orElseThrow()
                                .verify(key(2 * number), state.roots().stateRoot()))
                        .as("%d of %d", number, accounts)
                        .contains(account(number));
                assertThat(rows).hasValueLessThanOrEqualTo(PART);
            }
        }
    }

    @Test
    void shouldHaveTheRootThatAllAccountsOfALargeBucketLeadTo() {
        List<byte[]> leaves = new ArrayList<>();
        for (int number = 0; number < 3 * PART + 1; number++) {
            leaves.add(account(number).toBytes());
        }

        assertThat(stateOf(leaves.size()).roots().bucket(BUCKET)).isEqualTo(MerkleTree.rootOfBytes(leaves));
    }

    @Test
    void shouldProveAnAbsenceByTheWholeBucketWhileItCanBeShown() {
        CheckpointState state = stateOf(CheckpointState.MAX_SHOWN);
        for (PublicKey nobody : List.of(key(1), key(2 * CheckpointState.MAX_SHOWN))) {
            AccountProof proof = state.prove(nobody).orElseThrow().proof().orElseThrow();

            assertThat(proof.verify(nobody, state.roots().stateRoot())).contains(AccountState.absent(nobody));
        }
    }

    @Test
    void shouldNotReadAWholeBucketThatIsTooLargeToBeShown() {
        CheckpointState state = stateOf(CheckpointState.MAX_SHOWN + 1);
        state.prove(key(1));
        rows.set(0);

        CheckpointState.Proving proving = state.prove(key(1)).orElseThrow();

        assertThat(proving.inBucket()).isEqualTo(CheckpointState.MAX_SHOWN + 1);
        assertThat(proving.proof()).isEmpty();
        assertThat(rows).hasValueLessThanOrEqualTo(PART);
    }

    @Test
    void shouldLookAtALargeBucketOnceAndNotToItsEnd() {
        CheckpointState state = stateOf(3 * PART);

        assertThat(state.buckets(BUCKET - 1, BUCKET + 1, Long.MAX_VALUE).orElseThrow())
                .hasSize(1);
        assertThat(rows).hasValueLessThanOrEqualTo(PART + 1);
        rows.set(0);
        assertThat(state.buckets(BUCKET - 1, BUCKET + 1, Long.MAX_VALUE).orElseThrow())
                .hasSize(1);

        assertThat(rows).hasValue(0);
    }

    private CheckpointState stateOf(int accounts) {
        InMemoryStorage storage = new InMemoryStorage();
        StorageBatch batch = new StorageBatch();
        for (int number = 0; number < accounts; number++) {
            AccountState account = account(number);
            batch.put(
                    Column.ACCOUNTS,
                    account.key().toBytes(),
                    Records.encode(new Account(account.balance(), account.nextNonce())));
        }
        storage.commit(batch);
        BitSet buckets = new BitSet();
        buckets.set(BUCKET);
        BucketRoots roots = BucketRoots.EMPTY.with(StoredAccounts.roots(storage, buckets));
        return new CheckpointState(BlockHash.ZERO, 8, roots, new Counted(storage.snapshot()));
    }

    private static AccountState account(int number) {
        return new AccountState(key(2 * number), Amount.ofMon(1 + number), number);
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(PublicKey.LENGTH)
                .putShort((short) BUCKET)
                .putInt(number)
                .array());
    }

    private final class Counted implements StorageSnapshot {
        private final StorageSnapshot storage;

        Counted(StorageSnapshot storage) {
            this.storage = storage;
        }

        @Override
        public byte @Nullable [] get(Column column, byte[] key) {
            return storage.get(column, key);
        }

        @Override
        public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
            return storage.getAll(column, keys);
        }

        @Override
        public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
            storage.scanWhile(column, from, until, (key, value) -> {
                rows.incrementAndGet();
                return inspector.visit(key, value);
            });
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
