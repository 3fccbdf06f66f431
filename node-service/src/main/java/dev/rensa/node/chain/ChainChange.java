package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import java.util.List;

/**
 * One step of the canonical chain from one head to another. A long way is told in several of these, each of bounded
 * size.
 *
 * @param fork the last block that old and new chain share
 * @param disconnected blocks that left, from the old tip down; empty unless this is a reorganisation
 * @param connected blocks that joined, ascending
 * @param head the new head
 */
public record ChainChange(ChainHead fork, List<Block> disconnected, List<Block> connected, ChainHead head) {

    public boolean isReorganisation() {
        return !disconnected.isEmpty();
    }
}
