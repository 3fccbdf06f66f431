package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.UncheckedBlock;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;
import java.util.function.BiConsumer;

/** Where fetched bodies go: they are read and checked away from the writer, the chain judges, and everyone concerned hears. */
@FunctionalInterface
public interface BlockIntake {

    /**
     * Offers blocks that are checked as one piece of work.
     *
     * @param whenDone called once a block, in their order, on the writer thread and never within this call
     */
    void offer(List<UncheckedBlock> blocks, NodeKey from, BiConsumer<BlockHash, BlockOutcome> whenDone);
}
