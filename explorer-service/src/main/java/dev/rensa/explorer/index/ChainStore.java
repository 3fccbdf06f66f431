package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.work.Work;
import java.util.List;
import java.util.Optional;

/**
 * Where the index writes. Each change is one transaction: after a kill either all of it is there or nothing. Written by
 * one thread. All methods throw {@link IndexStoreException} when the database fails.
 */
public interface ChainStore {

    /** Empty before the first network. */
    Optional<IndexCursor> cursor();

    /** Hash of the indexed block at a height; empty above the cursor. */
    Optional<BlockHash> hashAt(long height);

    /** Cumulative work of the indexed block at a height; empty above the cursor. */
    Optional<Work> workAt(long height);

    /** Whether this explorer is the one that writes: of several on one database one is. An exception while it is not known. */
    boolean mayWrite();

    /**
     * Forgets everything and begins a network with its block 0 and its allocations.
     *
     * @param ordered by people, who may order it at any explorer: it is done also where another one writes
     * @return whether it was done; not if another explorer writes now
     */
    boolean begin(Genesis genesis, boolean ordered);

    /**
     * Takes back every block above a height, then appends blocks.
     *
     * @param from the cursor that the step was planned at
     * @param keepHeight the last block that stays, at most the cursor's height
     * @param blocks linked to that one and to each other, ascending
     * @return whether it was done; not if the cursor has moved since, or another explorer writes now
     */
    boolean advance(IndexCursor from, long keepHeight, List<ConnectedBlock> blocks);
}
