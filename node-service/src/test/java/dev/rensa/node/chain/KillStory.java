package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.block.Block;
import java.util.function.Supplier;

/**
 * Kills a node at every commit of a life with reorganisations, before and after it: opened again, it stands at a block of
 * the tree with exactly that block's accounts, and ends where it would have ended.
 */
public final class KillStory {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000L;

    /** State roots come after so many blocks, so that some blocks must wait for them, or a kill is faster. */
    private static final int LATE = 3;

    private final RandomTree tree;

    public KillStory(long seed, int blocks) {
        this.tree = new RandomTree(seed, blocks, 4);
    }

    /** Lives through one kill at every commit; each life starts on a storage of its own. Returns how often it was killed. */
    public int surviveKillsAtEveryCommit(Supplier<ChainStorage> empty) {
        for (int commit = 1; ; commit++) {
            for (boolean stored : new boolean[] {false, true}) {
                try (ChainStorage storage = empty.get()) {
                    FaultyStorage faulty = new FaultyStorage(storage);
                    faulty.failAfter(commit - 1, stored);
                    if (!diesAt(faulty)) {
                        return commit - 1;
                    }
                    assertThat(faulty.commitsTooMany()).isZero();
                    comeBack(storage);
                }
            }
        }
    }

    private boolean diesAt(FaultyStorage storage) {
        try {
            LateWork late = new LateWork();
            int age = 0;
            Chain chain = Chain.open(tree.network().genesis(), storage, 1_000, late);
            chain.whenStateRootIsComputed(() -> follow(chain));
            for (Block block : tree.blocks()) {
                try {
                    chain.acceptBlock(block, NOW);
                } catch (StorageException e) {
                    assertThatThrownBy(() -> chain.acceptBlock(block, NOW)).hasMessageContaining("restart the node");
                    return true;
                }
                if (++age % LATE == 0) {
                    late.doAll();
                }
            }
        } catch (StorageException killedOutsideOfACall) {
            return true;
        }
        return storage.isBroken();
    }

    private static void follow(Chain chain) {
        while (!chain.advance().isEmpty()) {
            // One call goes a bounded way.
        }
    }

    private void comeBack(ChainStorage storage) {
        Chain chain = Chain.open(tree.network().genesis(), storage, 1_000);
        assertThat(StoredState.accounts(storage))
                .isEqualTo(tree.model().node(chain.head().hash()).accounts());

        tree.blocks().forEach(block -> chain.acceptBlock(block, NOW));

        assertThat(chain.head().hash()).isEqualTo(tree.model().best().block().hash());
        ForkPropertyTest.assertStateIsTheModels(tree, chain, storage);
    }
}
