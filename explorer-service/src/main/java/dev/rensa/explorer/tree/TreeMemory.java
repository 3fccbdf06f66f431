package dev.rensa.explorer.tree;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;

/** What is remembered of an earlier life: blocks with their arrivals. May ask a database; fails never. */
public interface TreeMemory {

    /** One that remembers nothing. */
    TreeMemory NONE = (_, _) -> List.of();

    /** Blocks of all branches near a height, highest first. */
    List<TreeBlock> near(BlockHash network, long height);
}
