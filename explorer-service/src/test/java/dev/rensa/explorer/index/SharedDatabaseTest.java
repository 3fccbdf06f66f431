package dev.rensa.explorer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestPostgres;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.index.IndexProgress.State;
import dev.rensa.explorer.store.Database;
import dev.rensa.explorer.store.WriterLease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several explorers on one PostgreSQL: one writes, the others show what it wrote. */
class SharedDatabaseTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int TIMES = 60;
    private static final TestChain SHORT = TestChain.start().withEmpty(3);
    private static final TestChain LONG = SHORT.withEmpty(3);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final DataSource source = TestPostgres.shared().database();
    private final AtomicLong nanos = new AtomicLong();
    private final FakeNode node = new FakeNode(1, SHORT);
    private final TestWatch watch = new TestWatch(node);

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void shouldLetOneWriteAndTheOthersFollow() {
        ChainIndexer writer = explorer();
        ChainIndexer follower = explorer();
        run(writer);

        run(follower);
        assertThat(follower.progress().state()).isEqualTo(State.CURRENT);
        assertThat(follower.progress().detail()).contains("another explorer");

        node.have(LONG);
        watch.tick();
        run(follower);
        assertThat(follower.progress().state()).isEqualTo(State.CATCHING_UP);
        assertThat(follower.progress().height()).isEqualTo(SHORT.height());

        run(writer);
        run(follower);
        assertThat(follower.progress().height()).isEqualTo(LONG.height());
    }

    @Test
    void shouldTakeOverFromAnExplorerThatDied() {
        ChainIndexer dead = explorer();
        ChainIndexer heir = explorer();
        run(dead);
        run(heir);
        node.have(LONG);
        watch.tick();

        letTheLeaseEnd();
        nanos.addAndGet(LEASE.toNanos());
        run(heir);

        assertThat(heir.progress().detail()).isEqualTo("the best chain is indexed");
        assertThat(heir.progress().height()).isEqualTo(LONG.height());
    }

    @Test
    void shouldNotWriteBehindItsSuccessorsBack() throws SQLException {
        ChainStore sleeper = TestDatabase.of(source).store(LEASE, nanos::get);
        ChainIndexer first = new ChainIndexer(watch.directory(), sleeper, executor, System::nanoTime);
        ChainIndexer heir = explorer();
        run(first);
        IndexCursor planned = sleeper.cursor().orElseThrow();
        letTheLeaseEnd();
        run(heir);
        String before = TestDatabase.of(source).dump();

        ConnectedBlock next = new ConnectedBlock(LONG.at(4), LONG.upTo(4).work(), TestNetwork.GENESIS.subsidyAt(4));
        assertThat(sleeper.advance(planned, planned.height(), List.of(next))).isFalse();

        assertThat(sleeper.begin(TestNetwork.genesis("Another network"), false)).isFalse();
        assertThat(sleeper.cursor()).contains(planned);
        assertThat(TestDatabase.of(source).dump()).isEqualTo(before);
        assertThat(sleeper.mayWrite()).isFalse();
    }

    @Test
    void shouldNotTakeAnAbsentDatabaseForAnotherExplorer() {
        TestDatabase database = TestDatabase.of(source);
        ChainStore store = database.store(LEASE, nanos::get);
        ChainIndexer alone = new ChainIndexer(watch.directory(), store, executor, System::nanoTime);
        run(alone);

        database.beAway(true);
        nanos.addAndGet(LEASE.toNanos());
        assertThatThrownBy(store::mayWrite).isInstanceOf(IndexStoreException.class);
        assertThatThrownBy(store::mayWrite).hasMessageContaining("it is not known who writes");
        database.beAway(false);

        // It is back, and not looked at yet.
        assertThatThrownBy(alone::step).isInstanceOf(IndexStoreException.class);
        assertThat(alone.progress().state()).isEqualTo(State.FAILED);
        assertThat(alone.progress().detail()).doesNotContain("another explorer");
        nanos.addAndGet(LEASE.toNanos());
        run(alone);
        assertThat(alone.progress().detail()).isEqualTo("the best chain is indexed");
    }

    @Test
    void shouldHoldNothingBehindItsStop() {
        Database database = new Database(source);
        WriterLease stopped = new WriterLease(database, LEASE, nanos::get);
        assertThat(stopped.isMine()).isTrue();
        assertThat(stopped.isHeld()).isTrue();

        stopped.giveUp();

        nanos.addAndGet(LEASE.toNanos());
        assertThat(stopped.isMine()).isFalse();
        assertThat(stopped.isHeld()).isFalse();
        WriterLease other = new WriterLease(database, LEASE, nanos::get);
        assertThat(other.isHeld()).isFalse();
        assertThat(other.isMine()).isTrue();
    }

    @Test
    void shouldAnswerWhileTheIndexIsBegunAnew() throws Exception {
        run(explorer());
        TestDatabase database = TestDatabase.of(source);
        AccountHistory history = database.accountHistory();
        AtomicBoolean ended = new AtomicBoolean();
        Future<?> reader = executor.submit(() -> {
            while (!ended.get()) {
                history.account(TestNetwork.ALICE.publicKey(), 5);
            }
        });

        ChainStore store = database.store(LEASE, nanos::get);
        for (int time = 0; time < TIMES && !reader.isDone(); time++) {
            store.begin(TestNetwork.GENESIS, true);
        }
        ended.set(true);

        reader.get();
        assertThat(history.account(TestNetwork.ALICE.publicKey(), 5)).isPresent();
    }

    @Test
    void shouldBeginAnewWhenAFollowerIsTold() throws SQLException {
        ChainIndexer writer = explorer();
        ChainIndexer follower = explorer();
        run(writer);
        run(follower);
        TestDatabase database = TestDatabase.of(source);
        String before = database.dump();
        database.spoil();

        follower.rebuild();
        assertThat(follower.progress().state()).isEqualTo(State.CATCHING_UP);
        run(follower);
        run(writer);

        assertThat(database.dump()).isEqualTo(before);
    }

    private ChainIndexer explorer() {
        return new ChainIndexer(
                watch.directory(), TestDatabase.of(source).store(LEASE, nanos::get), executor, System::nanoTime);
    }

    private void letTheLeaseEnd() {
        TestDatabase.of(source).letTheLeaseEnd();
    }

    private static void run(ChainIndexer indexer) {
        boolean more = true;
        for (int steps = 0; more && steps < 100; steps++) {
            more = indexer.step();
        }
    }
}
