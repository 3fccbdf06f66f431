package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an import does to the stored accounts, and that it can be undone. */
class StateImportTest {
    private static final int BUCKET = 0x0304;
    private static final int BLOCKS = 4;

    /** Changes of what block 0 gave or what is stored instead, and of what is noted beside. */
    private static final int SMALL_BATCH = 20;

    private TestNetwork network = networkOf(StateImportTest::inBucket, 6);
    private InMemoryStorage storage = new InMemoryStorage();
    private Chain chain = open();
    private Map<PublicKey, Account> begun = StoredState.accounts(storage);

    @Test
    void shouldReplaceABucketPartByPart() {
        StateImport imports = begin();

        imports.storePart(BUCKET, null, bucket(2), false);
        imports.storePart(BUCKET, inBucket(2), bucket(3, 7), false);
        assertThat(imports.done().get(BUCKET)).isFalse();
        imports.storePart(BUCKET, inBucket(7), bucket(9), true);

        assertThat(imports.done().get(BUCKET)).isTrue();
        assertThat(StoredState.accounts(storage).keySet().stream().filter(key -> BucketRoots.bucketOf(key) == BUCKET))
                .containsExactly(inBucket(2), inBucket(3), inBucket(7), inBucket(9));
        assertThat(StoredState.accounts(storage)).containsKey(TestNetwork.account(0));
    }

    @Test
    void shouldBeginABucketAnewThatWasHalfHereAtAKill() {
        begin().storePart(BUCKET, null, bucket(2, 8), false);
        chain = open();

        StateImport imports = chain.stateImport();
        assertThat(imports.isUnderWay()).isTrue();
        assertThat(imports.done().get(BUCKET)).isFalse();
        imports.storePart(BUCKET, null, bucket(3), false);
        imports.storePart(BUCKET, inBucket(3), bucket(4), true);

        assertThat(StoredState.accounts(storage).keySet().stream().filter(key -> BucketRoots.bucketOf(key) == BUCKET))
                .containsExactly(inBucket(3), inBucket(4));
    }

    @Test
    void shouldPutBackWhatBlock0Gave() {
        chain.holdBodies(true);
        StateImport imports = begin();
        imports.store(BUCKET, List.of(bucket(2, 8), bucket()));
        imports.store(BucketRoots.bucketOf(TestNetwork.account(0)), List.of(bucket()));

        undo();

        assertThat(StoredState.accounts(storage)).isEqualTo(begun);
        assertThat(chain.isImporting()).isFalse();
        chain.holdBodies(false);
        mineOnTop();
    }

    @Test
    void shouldBeAnImportOfWhichNothingIsHereAfterAKillInTheMiddleOfGoingBack() {
        network = networkOf(StateImportTest::inLargeBucket, GenesisState.ALLOCATIONS_A_BATCH);
        storage = new InMemoryStorage();
        chain = open();
        begun = StoredState.accounts(storage);
        StateImport imports = begin();
        imports.store(0, List.of(bucket(), bucket()));
        imports.store(BUCKET, List.of(bucket(2, 8)));
        assertThat(chain.undoImport()).isFalse();
        chain = open();

        assertThat(chain.isImporting()).isTrue();
        assertThat(chain.stateImport().done().isEmpty()).isTrue();
        undo();

        assertThat(StoredState.accounts(storage)).isEqualTo(begun);
        chain = open();
        assertThat(chain.isImporting()).isFalse();
        mineOnTop();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "1, false", "1, true"})
    void shouldGoBackAfterAKillAtEachOfItsWrites(int writes, boolean stored) {
        network = networkOf(StateImportTest::inLargeBucket, GenesisState.ALLOCATIONS_A_BATCH);
        storage = new InMemoryStorage();
        FaultyStorage faulty = new FaultyStorage(storage);
        chain = Chain.open(network.genesis(), faulty, 100);
        begun = StoredState.accounts(storage);
        begin().store(BUCKET, List.of(bucket(2, 8)));
        faulty.failAfter(writes, stored);
        assertThatThrownBy(this::undo).isInstanceOf(StorageException.class);

        chain = open();
        if (chain.isImporting()) {
            undo();
        }

        assertThat(StoredState.accounts(storage)).isEqualTo(begun);
        assertThat(open().isImporting()).isFalse();
    }

    @Test
    void shouldTakeBackALargeBucketInASmallBatch() {
        FaultyStorage counted = countedWithALargeBucket();

        undo();

        assertThat(StoredState.accounts(storage)).isEqualTo(begun);
        assertThat(counted.largestBatch()).isLessThanOrEqualTo(SMALL_BATCH);
    }

    @Test
    void shouldReplaceALargeBucketOfAnotherStateInASmallBatch() {
        FaultyStorage counted = countedWithALargeBucket();
        StateImport imports = chain.stateImport();
        imports.begin(imports.target().orElseThrow(), BucketRoots.EMPTY);

        imports.store(BUCKET - 1, List.of(bucket(), bucket(7, 9), bucket()));

        assertThat(counted.largestBatch()).isLessThanOrEqualTo(SMALL_BATCH);
        assertThat(StoredState.accounts(storage).keySet().stream().filter(key -> BucketRoots.bucketOf(key) == BUCKET))
                .containsExactly(inBucket(7), inBucket(9));
        assertThat(StoredState.accounts(storage)).containsKey(TestNetwork.account(0));
    }

    /** A storage that has begun to count when a bucket of three parts is in it. */
    private FaultyStorage countedWithALargeBucket() {
        FaultyStorage counted = new FaultyStorage(storage);
        chain = Chain.open(network.genesis(), counted, 100);
        StateImport imports = begin();
        int part = StateBucket.PART_ACCOUNTS;
        int end = 10 + 2 * part + 10;
        for (int first = 10; first < end; first += part) {
            StateBucket bucket = new StateBucket(IntStream.range(first, Math.min(first + part, end))
                    .mapToObj(number -> new AccountState(inLargeBucket(number), Amount.ofMon(1), 0))
                    .toList());
            imports.storePart(BUCKET, first == 10 ? null : inLargeBucket(first - 1), bucket, first + part >= end);
        }
        assertThat(StoredState.accounts(storage)).hasSizeGreaterThan(2 * part);
        counted.forgetBatches();
        return counted;
    }

    @Test
    void shouldSayWhatToDoAboutADamagedStore() {
        storage.commit(new StorageBatch().put(Column.BUCKETS, Records.height(7), new byte[3]));

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the store is damaged");

        storage.commit(new StorageBatch()
                .delete(Column.BUCKETS, Records.height(7))
                .put(Column.ACCOUNTS, inBucket(1).toBytes(), new byte[3]));
        assertThatThrownBy(() -> StoredAccounts.bucket(storage, BUCKET))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the store is damaged");
    }

    @Test
    void shouldWriteNothingOfAnImportAfterAFailure() {
        FaultyStorage faulty = new FaultyStorage(storage);
        chain = Chain.open(network.genesis(), faulty, 100);
        StateImport imports = begin();
        faulty.failAfter(0, false);
        assertThatThrownBy(() -> imports.store(BUCKET, List.of(bucket(9)))).isInstanceOf(StorageException.class);

        faulty.repair();

        assertThatThrownBy(() -> imports.store(BUCKET, List.of(bucket(9))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("restart the node");
        assertThat(StoredState.accounts(storage)).isEqualTo(begun);
    }

    private static TestNetwork networkOf(IntFunction<PublicKey> keys, int accounts) {
        return TestNetwork.ofAccounts(
                3,
                2,
                IntStream.range(0, accounts)
                        .mapToObj(i -> new Allocation(keys.apply(i), Amount.ofMon(100 + i)))
                        .toList());
    }

    private Chain open() {
        return Chain.open(network.genesis(), storage, 100);
    }

    private StateImport begin() {
        ModelChain model = new ModelChain(network.genesis());
        List<Block> blocks = model.mineMany(model.block0(), TestNetwork.account(8), BLOCKS);
        chain.acceptHeaders(blocks.stream().map(Block::header).toList(), TestNetwork.START_MILLIS + 1_000_000_000L);
        StateImport imports = chain.stateImport();
        imports.begin(blocks.get(1).hash(), BucketRoots.EMPTY.with(Map.of(BUCKET, Hash.ZERO)));
        return imports;
    }

    private void undo() {
        int steps = 0;
        while (!chain.undoImport()) {
            steps++;
            assertThat(steps).isLessThan(1_100);
        }
    }

    /** The roots that later headers commit to are right too. */
    private void mineOnTop() {
        ModelChain model = new ModelChain(network.genesis());
        List<Block> blocks = model.mineMany(model.block0(), TestNetwork.account(9), 2 * BLOCKS);
        for (var block : blocks) {
            chain.acceptBlock(block, TestNetwork.START_MILLIS + 1_000_000_000L);
        }
        assertThat(chain.head().hash()).isEqualTo(blocks.getLast().hash());
        assertThat(StoredState.accounts(storage))
                .isEqualTo(model.node(chain.head().hash()).accounts());
    }

    private static StateBucket bucket(int... numbers) {
        return new StateBucket(IntStream.of(numbers)
                .mapToObj(number -> new AccountState(inBucket(number), Amount.ofMon(1), 0))
                .toList());
    }

    private static PublicKey inLargeBucket(int number) {
        return PublicKey.of(ByteBuffer.allocate(PublicKey.LENGTH)
                .putShort((short) BUCKET)
                .putInt(number)
                .array());
    }

    private static PublicKey inBucket(int number) {
        byte[] key = new byte[PublicKey.LENGTH];
        key[0] = (byte) (BUCKET >>> 8);
        key[1] = (byte) BUCKET;
        key[2] = (byte) number;
        return PublicKey.of(key);
    }
}
