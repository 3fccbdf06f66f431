package dev.rensa.explorer.tree;

import dev.rensa.protocol.crypto.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * A node left a branch for another one.
 *
 * @param network block 0's hash
 * @param nodeKey the node's identity
 * @param node what it calls itself
 * @param timeMillis when the node changed, by its own clock; when this was noticed, if only polling showed it.
 *     Milliseconds since 1970-01-01 UTC
 * @param fork the last block that both branches share
 * @param from the tip that was left
 * @param to the tip that it has instead
 * @param depth blocks that were taken back
 * @param returned transactions of those that wait again; absent if only polling showed the change
 */
public record Reorganisation(
        BlockHash network,
        String nodeKey,
        String node,
        long timeMillis,
        BlockHash fork,
        long forkHeight,
        BlockHash from,
        BlockHash to,
        long toHeight,
        int depth,
        @Nullable Integer returned) {

    /** Height of the tip that was left. */
    public long fromHeight() {
        return forkHeight + depth;
    }
}
