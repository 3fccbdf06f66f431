package dev.rensa.explorer.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that lived through random reorganisations and kills holds what one built from nothing holds. */
class ReorganisationStormTest {

    private static final int ROUNDS = 120;
    private static final int ROUNDS_BETWEEN_COMPARISONS = 15;
    private static final int ACCOUNTS = 7;
    private static final int MAX_CALLS = 25;

    @TempDir
    private Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void shouldEqualAnIndexBuiltFromNothing() throws SQLException {
        long seed = Long.getLong("storm.seed", System.nanoTime());
        System.out.println("storm.seed=" + seed);
        Random random = new Random(seed);
        TestDatabase database = database("storm");
        FakeNode node = new FakeNode(1, TestChain.start());
        TestWatch watch = new TestWatch(node);
        ChainIndexer indexer = indexer(watch, database);

        for (int round = 1; round <= rounds(); round++) {
            node.have(changed(node.chain(), random));
            watch.tick();
            if (random.nextInt(3) == 0) {
                // Killed somewhere inside the step; another process goes on without this one's memory.
                database.dieAfter(random.nextInt(MAX_CALLS));
                stepOnce(indexer);
                database.dieAfter(Integer.MAX_VALUE);
                indexer = indexer(watch, database);
            }
            if (random.nextInt(4) > 0) {
                run(indexer);
            }
            if (round % ROUNDS_BETWEEN_COMPARISONS == 0) {
                run(indexer);
                assertThat(database.dump())
                        .as("round %d of seed %d", round, seed)
                        .isEqualTo(fromNothing(node, round));
            }
        }
    }

    int rounds() {
        return ROUNDS;
    }

    TestDatabase database(String name) {
        return TestDatabase.sqlite(folder.resolve(name + ".db"));
    }

    private static void stepOnce(ChainIndexer indexer) {
        try {
            indexer.step();
        } catch (IndexStoreException e) {
            // That is the kill.
        }
    }

    /** Another branch from a random height, most often a shallow one, with transfers among a few accounts. */
    private static TestChain changed(TestChain chain, Random random) {
        int depth = (int) Math.min(chain.height(), random.nextInt(5) == 0 ? random.nextInt(40) : random.nextInt(4));
        TestChain branch = chain.upTo(chain.height() - depth);
        int more = depth + 1 + random.nextInt(3);
        for (int i = 0; i < more; i++) {
            Transaction[] transactions = IntStream.range(0, random.nextInt(4))
                    .mapToObj(_ -> transfer(random))
                    .toArray(Transaction[]::new);
            branch = branch.with(account(random), TestNetwork.EASY, transactions);
        }
        return branch;
    }

    private static Transaction transfer(Random random) {
        PrivateKey from = TestNetwork.key(1 + random.nextInt(ACCOUNTS));
        return TestNetwork.transfer(from, random.nextInt(1_000_000), account(random), 1 + random.nextInt(1_000), "");
    }

    private static PublicKey account(Random random) {
        return TestNetwork.key(1 + random.nextInt(ACCOUNTS)).publicKey();
    }

    private String fromNothing(FakeNode node, int round) throws SQLException {
        TestDatabase fresh = database("fresh-" + round);
        run(indexer(new TestWatch(new FakeNode(7, node.chain())), fresh));
        return fresh.dump();
    }

    private ChainIndexer indexer(TestWatch watch, TestDatabase database) {
        return new ChainIndexer(watch.directory(), database.store(), executor, System::nanoTime);
    }

    private static void run(ChainIndexer indexer) {
        boolean more = true;
        for (int steps = 0; more && steps < 100; steps++) {
            more = indexer.step();
        }
    }
}
