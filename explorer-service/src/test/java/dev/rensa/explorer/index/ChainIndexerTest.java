package dev.rensa.explorer.index;

import static dev.rensa.explorer.fixture.TestNetwork.ALICE;
import static dev.rensa.explorer.fixture.TestNetwork.BOB;
import static dev.rensa.explorer.fixture.TestNetwork.CAROL;
import static dev.rensa.explorer.fixture.TestNetwork.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.index.IndexProgress.State;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainIndexerTest {

    private static final TestChain TRUNK = TestChain.start()
            .with(transfer(ALICE, 0, BOB.publicKey(), 500, "first"))
            .with(transfer(ALICE, 1, CAROL.publicKey(), 70, ""), transfer(BOB, 0, BOB.publicKey(), 5, "to myself"))
            .withEmpty(3);

    @TempDir
    private Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = database("index");
    }

    /** An empty database. */
    TestDatabase database(String name) {
        return TestDatabase.sqlite(folder.resolve(name + ".db"));
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void shouldKeepBalancesAndHistories() {
        indexAll(new FakeNode(1, TRUNK), database);

        ChainQueries queries = database.queries();
        IndexedAccount alice = queries.account(ALICE.publicKey()).orElseThrow();
        IndexedAccount bob = queries.account(BOB.publicKey()).orElseThrow();
        IndexedAccount miner = queries.account(TestNetwork.MINER).orElseThrow();
        assertThat(alice.balance()).isEqualTo(Amount.ofCoins(1_000).mon() - 500 - 10 - 70 - 10);
        assertThat(alice.sentCount()).isEqualTo(2);
        assertThat(bob.balance()).isEqualTo(500 - 10);
        assertThat(bob.receivedCount()).isEqualTo(2);
        assertThat(miner.balance()).isEqualTo(Amount.ofCoins(5).mon() + 30);
        assertThat(queries.transactionsOf(BOB.publicKey(), null, 10).stream()
                        .map(mined -> mined.transaction().memo()))
                .containsExactly("to myself", "first");
        assertThat(queries.cursor().orElseThrow().work()).isEqualTo(TRUNK.work());
    }

    @Test
    void shouldPageThroughAHistoryWithoutGapOrDouble() {
        TestChain chain = TestChain.start();
        for (int nonce = 0; nonce < 10; nonce += 2) {
            chain = chain.with(
                    transfer(ALICE, nonce, BOB.publicKey(), 100, "n" + nonce),
                    transfer(ALICE, nonce + 1, BOB.publicKey(), 100, "n" + (nonce + 1)));
        }
        indexAll(new FakeNode(1, chain), database);
        ChainQueries queries = database.queries();

        var first = queries.transactionsOf(BOB.publicKey(), null, 3);
        var second = queries.transactionsOf(BOB.publicKey(), first.getLast(), 3);
        var rest = queries.transactionsOf(BOB.publicKey(), second.getLast(), 10);

        assertThat(first.stream().map(ChainIndexerTest::nonce)).containsExactly(9L, 8L, 7L);
        assertThat(second.stream().map(ChainIndexerTest::nonce)).containsExactly(6L, 5L, 4L);
        assertThat(rest.stream().map(ChainIndexerTest::nonce)).containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    void shouldEqualAnIndexFromNothingAfterAReorganisation() throws SQLException {
        Transaction moved = transfer(ALICE, 2, BOB.publicKey(), 9, "moves to another block");
        TestChain left = TRUNK.with(moved).with(transfer(CAROL, 0, key(40), 1, "only here"));
        TestChain right = TRUNK.withEmpty(1, BOB.publicKey()).with(moved).withEmpty(3);
        FakeNode node = new FakeNode(1, left);
        TestWatch watch = new TestWatch(node);
        ChainIndexer indexer = indexer(watch, database);
        run(indexer);

        node.have(right);
        watch.tick();
        run(indexer);

        assertThat(database.queries().account(key(40))).isEmpty();
        assertThat(database.queries().transaction(moved.id()).orElseThrow().height())
                .isEqualTo(TRUNK.height() + 2);
        assertThat(database.dump()).isEqualTo(fromNothing(right));
    }

    @Test
    void shouldFollowAResetChainBackToBlock0() throws SQLException {
        FakeNode node = new FakeNode(1, TRUNK.withEmpty(100));
        TestWatch watch = new TestWatch(node);
        ChainIndexer indexer = indexer(watch, database);
        run(indexer);
        TestChain reset = TestChain.start().withEmpty(2, BOB.publicKey());

        node.have(reset);
        watch.tick();
        run(indexer);

        assertThat(database.dump()).isEqualTo(fromNothing(reset));
    }

    @Test
    void shouldFindAForkDeepBelowTheTip() throws SQLException {
        TestChain left = TRUNK.withEmpty(300);
        TestChain right = left.upTo(137).withEmpty(200, BOB.publicKey());
        FakeNode node = new FakeNode(1, left);
        TestWatch watch = new TestWatch(node);
        ChainIndexer indexer = indexer(watch, database);
        run(indexer);

        node.have(right);
        watch.tick();
        run(indexer);

        assertThat(database.dump()).isEqualTo(fromNothing(right));
    }

    @Test
    void shouldGoOnBehindTheLastWholeBatchAfterAKill() throws SQLException {
        TestChain chain = TRUNK.withEmpty(2 * BlockRun.PAGE_BLOCKS);
        TestWatch watch = new TestWatch(new FakeNode(1, chain));
        assertThat(indexer(watch, database).step()).isTrue();

        // Another process: nothing of the first one's memory is left.
        run(indexer(watch, database.forAnotherProcess()));

        assertThat(database.dump()).isEqualTo(fromNothing(chain));
    }

    @Test
    void shouldKeepTheOldStateWhenKilledInsideABatch() throws SQLException {
        FakeNode node = new FakeNode(1, TRUNK.withEmpty(2));
        TestWatch watch = new TestWatch(node);
        ChainIndexer indexer = indexer(watch, database);
        run(indexer);
        String before = database.dump();
        TestChain other = TRUNK.withEmpty(9, BOB.publicKey());
        node.have(other);
        watch.tick();

        database.failCommits(true);
        assertThatThrownBy(indexer::step).isInstanceOf(IndexStoreException.class);
        assertThat(indexer.progress().state()).isEqualTo(State.FAILED);
        assertThat(database.dump()).isEqualTo(before);

        database.failCommits(false);
        run(indexer);
        assertThat(database.dump()).isEqualTo(fromNothing(other));
    }

    @Test
    void shouldBeginAnewOnAnotherNetwork() throws SQLException {
        indexAll(new FakeNode(1, TRUNK), database);
        var other = TestNetwork.genesis("Another network");
        TestChain chain = TestChain.start(other).withEmpty(4);

        indexAll(new FakeNode(2, chain, other), database);

        assertThat(database.queries().cursor().orElseThrow().genesis().name()).isEqualTo("Another network");
        assertThat(database.queries().blockAt(4).orElseThrow().hash())
                .isEqualTo(chain.tip().hash());
        assertThat(database.queries().latestTransactions(5)).isEmpty();
    }

    @Test
    void shouldFollowTheMostWorkAndAskTheNextNodeWhenThatOneFails() {
        FakeNode best = new FakeNode(1, TRUNK.with(BOB.publicKey(), TestNetwork.HARD));
        FakeNode second = new FakeNode(2, TRUNK.withEmpty(2));
        TestWatch watch = new TestWatch(best, second);
        ChainIndexer indexer = indexer(watch, database);

        run(indexer);
        assertThat(indexer.progress().height()).isEqualTo(best.chain().height());

        // It has gone, and its follower has not noticed yet.
        best.have(best.chain().withEmpty(1));
        watch.tick();
        best.stop();
        run(indexer);
        assertThat(database.queries().cursor().orElseThrow().hash())
                .isEqualTo(second.chain().tip().hash());
    }

    @Test
    void shouldSayThatItWaitsForANode() {
        FakeNode lost = new FakeNode(1, TRUNK);
        lost.stop();
        ChainIndexer indexer = indexer(new TestWatch(lost), database);

        assertThat(indexer.step()).isFalse();

        assertThat(indexer.progress().state()).isEqualTo(State.WAITING);
        assertThat(database.queries().cursor()).isEmpty();
    }

    @Test
    void shouldKeepAMemoWithWhateverIsInIt() {
        String memo = "\0<script>alert('x')</script>\u202e 日本";

        indexAll(new FakeNode(1, TestChain.start().with(transfer(ALICE, 0, key(30), 1, memo))), database);

        assertThat(database.queries()
                        .latestTransactions(1)
                        .getFirst()
                        .transaction()
                        .memo())
                .isEqualTo(memo);
    }

    @Test
    void shouldBeginAnewWhenToldTo() throws SQLException {
        TestWatch watch = new TestWatch(new FakeNode(1, TRUNK));
        ChainIndexer indexer = indexer(watch, database);
        run(indexer);
        String before = database.dump();
        database.spoil();

        indexer.rebuild();
        assertThat(indexer.progress().state()).isEqualTo(State.CATCHING_UP);
        run(indexer);

        assertThat(database.dump()).isEqualTo(before);
    }

    @Test
    void shouldLeaveTheIndexToAnotherExplorerThatWasFaster() throws SQLException {
        TestWatch watch = new TestWatch(new FakeNode(1, TRUNK));
        ChainStore store = database.store();
        run(indexer(watch, database));
        IndexCursor planned = store.cursor().orElseThrow();
        FakeNode ahead = new FakeNode(1, TRUNK.withEmpty(1));
        indexAll(ahead, database);
        String after = database.dump();

        boolean done = store.advance(
                planned,
                planned.height(),
                List.of(new ConnectedBlock(ahead.chain().tip(), ahead.chain().work(), Amount.ofCoins(1))));

        assertThat(done).isFalse();
        assertThat(database.dump()).isEqualTo(after);
    }

    @Test
    void shouldSumMoreThanSixtyFourBitsHold() throws SQLException {
        long half = Long.MAX_VALUE / 2 + 1;
        TestChain chain = TestChain.start();
        for (int nonce = 0; nonce < 4; nonce++) {
            chain = chain.with(
                    transfer(ALICE, nonce, BOB.publicKey(), half, ""),
                    transfer(BOB, nonce, ALICE.publicKey(), half, ""));
        }
        FakeNode node = new FakeNode(1, chain);
        TestWatch watch = new TestWatch(node);
        ChainIndexer indexer = indexer(watch, database);
        run(indexer);

        BigInteger all = BigInteger.valueOf(half).multiply(BigInteger.valueOf(4));
        IndexedAccount alice = database.queries().account(ALICE.publicKey()).orElseThrow();
        assertThat(alice.sent()).isEqualTo(all).isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
        assertThat(alice.received()).isEqualTo(all);
        assertThat(alice.balance()).isEqualTo(Amount.ofCoins(1_000).mon() - 40);

        TestChain other = chain.upTo(1).withEmpty(5);
        node.have(other);
        watch.tick();
        run(indexer);
        assertThat(database.dump()).isEqualTo(fromNothing(other));
    }

    @Test
    void shouldTellWhoMined() {
        TestChain chain = TRUNK.withEmpty(4, BOB.publicKey()).withEmpty(1);
        indexAll(new FakeNode(1, chain), database);
        ChainQueries queries = database.queries();
        long coin = Amount.ofCoins(1).mon();

        assertThat(queries.miners(0, 10))
                .containsExactly(
                        new IndexedMiner(TestNetwork.MINER, 6, BigInteger.valueOf(6 * coin + 30), 10),
                        new IndexedMiner(BOB.publicKey(), 4, BigInteger.valueOf(4 * coin), 9));
        assertThat(queries.miners(7, 1))
                .containsExactly(new IndexedMiner(BOB.publicKey(), 3, BigInteger.valueOf(3 * coin), 9));
        assertThat(queries.blocksMinedBy(BOB.publicKey(), 8, 10).stream().map(IndexedBlock::height))
                .containsExactly(7L, 6L);
    }

    private static long nonce(IndexedTransaction mined) {
        return mined.transaction().nonce();
    }

    private String fromNothing(TestChain chain) throws SQLException {
        TestDatabase fresh = database("fresh");
        indexAll(new FakeNode(7, chain), fresh);
        return fresh.dump();
    }

    private void indexAll(FakeNode node, TestDatabase into) {
        run(indexer(new TestWatch(node), into));
    }

    private ChainIndexer indexer(TestWatch watch, TestDatabase into) {
        return new ChainIndexer(watch.directory(), into.store(), executor, System::nanoTime);
    }

    private static void run(ChainIndexer indexer) {
        boolean more = true;
        for (int steps = 0; more && steps < 100; steps++) {
            more = indexer.step();
        }
        assertThat(indexer.progress().state()).isEqualTo(State.CURRENT);
    }

    private static PublicKey key(int number) {
        return TestNetwork.key(number).publicKey();
    }
}
