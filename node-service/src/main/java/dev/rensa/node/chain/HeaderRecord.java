package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;

/**
 * A node of the header tree as it is stored.
 *
 * @param anchorTimestampMillis time of block 1 on this branch, from which ASERT counts; of block 0, its own time
 * @param complete whether the bodies of this block and of all its ancestors are here, and none is known to be invalid
 */
record HeaderRecord(BlockEntry entry, long anchorTimestampMillis, boolean complete) {

    /** A valid header on top of its parent. */
    static HeaderRecord child(BlockHash hash, BlockHeader header, HeaderRecord parent) {
        long anchor = header.height() == 1 ? header.timestampMillis() : parent.anchorTimestampMillis;
        Work work = parent.work().plus(Work.ofTarget(header.target()));
        return new HeaderRecord(new BlockEntry(hash, header, work, BlockState.HEADER_ONLY), anchor, false);
    }

    HeaderRecord with(BlockState state, boolean nowComplete) {
        return new HeaderRecord(
                new BlockEntry(entry.hash(), entry.header(), entry.work(), state), anchorTimestampMillis, nowComplete);
    }

    BlockHash hash() {
        return entry.hash();
    }

    BlockHeader header() {
        return entry.header();
    }

    BlockHash parent() {
        return entry.header().parent();
    }

    long height() {
        return entry.header().height();
    }

    Work work() {
        return entry.work();
    }

    BlockState state() {
        return entry.state();
    }

    boolean isInvalid() {
        return entry.state() == BlockState.INVALID;
    }

    boolean hasBody() {
        return entry.state() == BlockState.BODY_STORED || entry.state() == BlockState.CONNECTED;
    }

    /** Design §3, fork choice: more work wins; at equal work the lower hash, so that all who know the same blocks agree. */
    boolean isBetterThan(BlockHash otherHash, Work otherWork) {
        int order = work().compareTo(otherWork);
        return order > 0 || (order == 0 && hash().compareTo(otherHash) < 0);
    }

    boolean isBetterThan(HeaderRecord other) {
        return isBetterThan(other.hash(), other.work());
    }
}
