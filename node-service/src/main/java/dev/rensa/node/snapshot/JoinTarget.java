package dev.rensa.node.snapshot;

import dev.rensa.node.chain.BlockEntry;
import dev.rensa.node.chain.Chain;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import java.util.Optional;

/** The block whose accounts are fetched, and which one to choose. Writer thread only. */
final class JoinTarget {

    /** Blocks that must lie on the header which commits to the state: two minutes of the usual spacing. */
    static final long BURIED_BLOCKS = 24;

    private final Chain chain;
    private final long interval;
    private final long buried;
    private Optional<BlockEntry> block = Optional.empty();

    JoinTarget(Chain chain) {
        this.chain = chain;
        this.interval = chain.genesis().checkpointInterval();
        this.buried = Math.min(BURIED_BLOCKS, interval);
    }

    /** Takes up what was begun before. */
    void resume(BlockHash begun) {
        block = chain.find(begun);
    }

    BlockHash hash() {
        return block.orElseThrow().hash();
    }

    /** 0 while there is none. */
    long height() {
        return block.map(entry -> entry.header().height()).orElse(0L);
    }

    boolean is(BlockHash hash) {
        return block.filter(entry -> entry.hash().equals(hash)).isPresent();
    }

    /** Height of the header that commits to the state. */
    long committingHeight() {
        return height() + interval;
    }

    /** Goes over to the newest buried checkpoint; false if there is none, or it is this one. */
    boolean choose() {
        Optional<BlockEntry> newest = newestBuried();
        if (newest.isEmpty() || newest.equals(block)) {
            return false;
        }
        block = newest;
        return true;
    }

    /** What the committing header says; empty if the block is not on the best branch any more. */
    Optional<Hash> committedRoot() {
        return block.filter(
                        entry -> chain.bestAt(height()).filter(entry::equals).isPresent())
                .flatMap(entry -> chain.bestAt(committingHeight()))
                .map(entry -> entry.header().stateRoot());
    }

    /** Whether a block lies on the best branch, on the committing header or above it. */
    boolean isCommittedToBelow(BlockHash tip) {
        return chain.find(tip)
                .filter(entry -> entry.header().height() >= committingHeight())
                .flatMap(entry -> chain.bestAt(entry.header().height()))
                .filter(entry -> entry.hash().equals(tip))
                .isPresent();
    }

    /** The newest checkpoint on the best branch whose committing header is buried; none while the chain is too short. */
    private Optional<BlockEntry> newestBuried() {
        long height = chain.bestHeader().height() - interval - buried;
        height -= Math.floorMod(height, interval);
        return height > 0 ? chain.bestAt(height) : Optional.empty();
    }
}
