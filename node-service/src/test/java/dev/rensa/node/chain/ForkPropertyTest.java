package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random trees in random order of arrival, against a model that starts from nothing at every block. */
class ForkPropertyTest {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;
    private static final int TREES = 25;
    private static final int BLOCKS = 60;

    @Test
    void shouldEndWhereTheModelDoesWhateverArrivesFirst() {
        long seed = Seed.print("ForkPropertyTest.shouldEndWhereTheModelDoesWhateverArrivesFirst");
        Random random = new Random(seed);
        for (int i = 0; i < TREES; i++) {
            RandomTree tree = new RandomTree(random.nextLong(), BLOCKS, 1 + random.nextInt(9));

            InMemoryStorage storage = new InMemoryStorage();
            Chain chain = Chain.open(tree.network().genesis(), storage, 1_000);
            offerInRandomOrder(tree, chain, random);

            assertThat(chain.head().hash())
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(tree.model().best().block().hash());
            assertStateIsTheModels(tree, chain, storage);
        }
    }

    @Test
    void shouldTellEveryStepOfTheWay() {
        long seed = Seed.print("ForkPropertyTest.shouldTellEveryStepOfTheWay");
        Random random = new Random(seed);
        for (int i = 0; i < TREES; i++) {
            RandomTree tree = new RandomTree(random.nextLong(), BLOCKS, 100);
            Chain chain = Chain.open(tree.network().genesis(), new InMemoryStorage(), 1_000);
            List<Block> followed = new ArrayList<>(List.of(tree.model().block0()));

            for (Block block : tree.blocks()) {
                if (chain.acceptBlock(block, NOW) instanceof BlockOutcome.Connected(List<ChainChange> changes)) {
                    changes.forEach(change -> follow(followed, change));
                }
            }

            assertThat(followed.getLast().hash())
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(chain.head().hash());
            for (int height = 0; height < followed.size(); height++) {
                assertThat(chain.canonicalHash(height))
                        .contains(followed.get(height).hash());
            }
        }
    }

    private static void follow(List<Block> followed, ChainChange change) {
        change.disconnected().forEach(block -> assertThat(followed.removeLast()).isEqualTo(block));
        assertThat(change.fork().hash()).isEqualTo(followed.getLast().hash());
        followed.addAll(change.connected());
        assertThat(change.head().hash()).isEqualTo(followed.getLast().hash());
    }

    /** Headers and blocks in any order; a block whose parent is unknown comes again later, as peers would send it. */
    private static void offerInRandomOrder(RandomTree tree, Chain chain, Random random) {
        List<Block> waiting = new ArrayList<>(tree.blocks());
        while (!waiting.isEmpty()) {
            Collections.shuffle(waiting, random);
            Set<Block> taken = new HashSet<>();
            for (Block block : waiting) {
                if (random.nextInt(3) == 0) {
                    chain.acceptHeaders(List.of(block.header()), NOW);
                } else if (!(chain.acceptBlock(block, NOW) instanceof BlockOutcome.Rejected)) {
                    taken.add(block);
                }
            }
            waiting.removeAll(taken);
        }
    }

    static void assertStateIsTheModels(RandomTree tree, Chain chain, ChainStorage storage) {
        ModelChain.Node expected = tree.model().node(chain.head().hash());
        assertThat(StoredState.accounts(storage)).isEqualTo(expected.accounts());
        assertThat(chain.head().work()).isEqualTo(expected.work());
        expected.accounts()
                .forEach((key, account) -> assertThat(chain.account(key)).isEqualTo(account));
        assertThat(supply(storage))
                .isEqualTo(issued(tree.network().genesis(), chain.head().height()));
        assertThat(chain.missingBodies(0, Long.MAX_VALUE)).isEmpty();
        assertThat(chain.bestHeader().hash()).isEqualTo(chain.head().hash());
    }

    private static Amount supply(ChainStorage storage) {
        return StoredState.accounts(storage).values().stream()
                .map(Account::balance)
                .reduce(Amount.ZERO, Amount::plus);
    }

    /** Allocations and subsidies: no other coin may exist, and none may be lost. */
    private static Amount issued(Genesis genesis, long height) {
        Amount issued = genesis.allocations().stream()
                .map(allocation -> allocation.amount())
                .reduce(Amount.ZERO, Amount::plus);
        for (long h = 1; h <= height; h++) {
            issued = issued.plus(genesis.subsidyAt(h));
        }
        return issued;
    }
}
