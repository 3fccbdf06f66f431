package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.state.BucketRoots;
import java.util.ArrayList;
import java.util.List;

/** A chain that began with the accounts at a checkpoint, and the blocks above it. */
public final class JoinedChain {
    private static final long NOW = TestNetwork.START_MILLIS + 1_000_000_000_000L;

    /** Several checkpoints, and some blocks above the last. */
    private static final int BLOCKS = 46;

    private JoinedChain() {}

    /** Fills an empty storage from a busy node of the same network. */
    public static Chain of(ChainStorage storage, int maxReorganisationDepth) {
        BusyNode source = new BusyNode(new InMemoryStorage());
        for (int i = 0; i < BLOCKS; i++) {
            source.mineOne();
        }
        List<Block> blocks = new ArrayList<>();
        for (long height = 1; height <= BLOCKS; height++) {
            blocks.add(source.chain()
                    .canonicalHash(height)
                    .flatMap(source.chain()::block)
                    .orElseThrow());
        }
        List<BlockHeader> headers = blocks.stream().map(Block::header).toList();
        Chain chain = Chain.open(BusyNode.genesis(), storage, maxReorganisationDepth);
        chain.acceptHeaders(headers, NOW);
        CheckpointState state = source.chain().committedStates().getLast().state();
        StateImport imports = chain.stateImport();
        imports.begin(state.block(), state.roots());
        imports.store(0, state.buckets(0, BucketRoots.BUCKETS, Long.MAX_VALUE).orElseThrow());
        while (!imports.prepare()) {
            // A short chain is prepared in one step.
        }
        if (!chain.install()) {
            throw new IllegalStateException("the state lies on the best branch");
        }
        blocks.stream()
                .filter(block -> block.height() > state.height())
                .forEach(block -> chain.acceptBlock(block, NOW));
        if (chain.head().height() != BLOCKS) {
            throw new IllegalStateException("the chain ends at " + chain.head().height());
        }
        return chain;
    }
}
