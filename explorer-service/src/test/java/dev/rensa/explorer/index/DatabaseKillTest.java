package dev.rensa.explorer.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.LoadedChain;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestPostgres;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and the connections to it are killed at moments of their own while the index follows a chain that changes. */
class DatabaseKillTest {

    private static final int TRANSFERS = 10_000;
    private static final int TRANSFERS_A_BLOCK = 1_000;

    /** Time for all of it once nobody disturbs any more: a busy machine indexes some hundreds a second. */
    private static final Duration INDEXED = Duration.ofMinutes(2);

    private static final int REORGANISATIONS = 12;
    private static final int KILLS = 2;
    private static final int MAX_DEPTH = 4;
    private static final long MAX_PAUSE_NANOS = 300_000_000;

    @TempDir
    private Path folder;

    private final TestChain trunk = LoadedChain.of(TRANSFERS, TRANSFERS_A_BLOCK, 1);
    private final FakeNode node = new FakeNode(1, trunk);
    private final TestWatch watch = new TestWatch(node);
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void shouldEqualAnIndexBuiltFromNothing() throws Exception {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.println("kill.seed=" + seed);
        Random random = new Random(seed);
        try (TestPostgres server = TestPostgres.own();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            TestDatabase database = TestDatabase.of(server.database());
            ChainIndexer indexer = indexer(database, executor);
            Thread thread = Thread.ofPlatform().start(() -> index(indexer));
            try {
                disturb(server, random);
                Eventually.until("the index is at the tip of seed " + seed, INDEXED, () -> isAtTip(database));
            } finally {
                ended.set(true);
                thread.join();
            }

            assertThat(database.dump()).as("seed %d", seed).isEqualTo(fromNothing(executor));
            assertThat(node.chain().blocks().stream()
                            .mapToInt(block -> block.transactions().size())
                            .sum())
                    .isEqualTo(TRANSFERS);
        }
    }

    private void disturb(TestPostgres server, Random random) throws Exception {
        for (int round = 1; round <= REORGANISATIONS; round++) {
            LockSupport.parkNanos(random.nextLong(MAX_PAUSE_NANOS));
            reorganise(random);
            LockSupport.parkNanos(random.nextLong(MAX_PAUSE_NANOS));
            if (round % (REORGANISATIONS / KILLS) == 0) {
                server.killAndRestart();
            } else {
                server.dropConnections();
            }
        }
    }

    /** As the service's own loop does: a step that fails is taken again. */
    private void index(ChainIndexer indexer) {
        while (!ended.get()) {
            try {
                if (!indexer.step()) {
                    LockSupport.parkNanos(1_000_000);
                }
            } catch (RuntimeException | Error e) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    /** Some blocks give way to empty ones of another miner, and the same transfers come back behind those. */
    private void reorganise(Random random) {
        TestChain chain = node.chain();
        int depth = 1 + random.nextInt(Math.toIntExact(Math.min(MAX_DEPTH, chain.height())));
        TestChain branch = chain.upTo(chain.height() - depth)
                .withEmpty(depth + 1, TestNetwork.key(20 + random.nextInt(5)).publicKey());
        for (long height = chain.height() - depth + 1; height <= chain.height(); height++) {
            Transaction[] transactions = chain.at(height).transactions().toArray(new Transaction[0]);
            branch = transactions.length == 0 ? branch : branch.with(transactions);
        }
        node.have(branch);
        watch.tick();
    }

    private boolean isAtTip(TestDatabase database) {
        try {
            return database.queries()
                    .cursor()
                    .map(cursor -> cursor.hash().equals(node.chain().tip().hash()))
                    .orElse(false);
        } catch (IndexStoreException e) {
            return false;
        }
    }

    private String fromNothing(ExecutorService executor) throws SQLException {
        TestDatabase fresh = TestDatabase.sqlite(folder.resolve("fresh.db"));
        ChainIndexer indexer = indexer(fresh, executor);
        while (indexer.step()) {
            // Until it is there.
        }
        return fresh.dump();
    }

    private ChainIndexer indexer(TestDatabase database, ExecutorService executor) {
        return new ChainIndexer(watch.directory(), database.store(), executor, System::nanoTime);
    }
}
