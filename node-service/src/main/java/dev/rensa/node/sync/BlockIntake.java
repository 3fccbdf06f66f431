package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.block.Block;
import java.util.function.Consumer;

/** Where fetched blocks go: signatures are checked there, the chain judges, and everyone concerned hears of it. */
@FunctionalInterface
public interface BlockIntake {

    /**
     * Offers a block whose body matches the root in its header.
     *
     * @param whenDone called once, on the writer thread, within this call or later
     */
    void offer(Block block, NodeKey from, Consumer<BlockOutcome> whenDone);
}
