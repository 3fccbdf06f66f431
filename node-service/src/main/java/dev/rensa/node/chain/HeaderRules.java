package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Asert;
import dev.rensa.protocol.work.CompactTarget;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** R-H2 to R-H9 of docs/protocol.md: what a header must fulfil on top of its parent. R-H1 is the decoder's. */
final class HeaderRules {
    /** Blocks whose median time a new block must exceed, Bitcoin's number. */
    static final int MEDIAN_BLOCKS = 11;

    /** How far a block may be ahead of the local clock. */
    static final long MAX_FUTURE_MILLIS = 15_000;

    private final Genesis genesis;

    HeaderRules(Genesis genesis) {
        this.genesis = genesis;
    }

    /**
     * Judges a header.
     *
     * @param ancestors finds a header of the tree; asked for the last eleven
     */
    Optional<Rejection> check(
            BlockHeader header,
            BlockHash hash,
            HeaderRecord parent,
            long nowMillis,
            Function<BlockHash, HeaderRecord> ancestors) {
        // R-H2: the height counts the blocks.
        if (header.height() != parent.height() + 1) {
            return rejected(
                    RejectionReason.WRONG_HEIGHT,
                    "the block says height " + header.height() + ", its parent has " + parent.height());
        }
        // R-H7: the target is what the difficulty rule demands here.
        CompactTarget required = requiredTarget(parent);
        if (!header.target().equals(required)) {
            return rejected(
                    RejectionReason.WRONG_TARGET,
                    "the target bits are " + header.target().toHex() + ", height " + header.height() + " demands "
                            + required.toHex());
        }
        // R-H9: the hash meets the target.
        if (!required.isMetBy(hash)) {
            return rejected(
                    RejectionReason.INSUFFICIENT_WORK,
                    "the hash " + hash + " is above the target of bits " + required.toHex());
        }
        // R-H8: there is somebody to reward; the zero key is block 0's alone.
        if (header.miner().isZero()) {
            return rejected(RejectionReason.INVALID_MINER, "the miner is the zero key");
        }
        return checkStateRootForm(header).or(() -> checkTime(header, parent, nowMillis, ancestors));
    }

    /** R-H4: checkpoints bear a state root, other blocks 32 zero bytes. Whether it is right shows when it is connected. */
    private Optional<Rejection> checkStateRootForm(BlockHeader header) {
        boolean checkpoint = genesis.isCheckpoint(header.height());
        if (checkpoint == !header.stateRoot().isZero()) {
            return Optional.empty();
        }
        return rejected(
                RejectionReason.WRONG_STATE_ROOT,
                checkpoint
                        ? "height " + header.height() + " is a checkpoint and bears no state root"
                        : "height " + header.height() + " is no checkpoint and bears a state root");
    }

    private static Optional<Rejection> checkTime(
            BlockHeader header, HeaderRecord parent, long nowMillis, Function<BlockHash, HeaderRecord> ancestors) {
        // R-H5: time moves on, measured by the median so that no single miner can hold it back.
        long median = medianTimestampMillis(parent, ancestors);
        if (header.timestampMillis() <= median) {
            return rejected(
                    RejectionReason.TIMESTAMP_TOO_OLD,
                    "the timestamp " + header.timestampMillis() + " ms is not above " + median
                            + " ms, the median of the blocks before");
        }
        // R-H6: a block from the future waits.
        if (header.timestampMillis() > nowMillis + MAX_FUTURE_MILLIS) {
            return rejected(
                    RejectionReason.TIMESTAMP_TOO_NEW,
                    "the timestamp is " + (header.timestampMillis() - nowMillis) + " ms ahead of this node's clock; "
                            + MAX_FUTURE_MILLIS + " ms are allowed");
        }
        return Optional.empty();
    }

    /**
     * The target that the block behind {@code parent} must have.
     *
     * <p>ASERT's anchor is block 1 of the branch, its parent's time taken as one spacing before block 1's: the schedule
     * starts with the first block that was mined, however long before that the genesis was written. Heights 0 and 1 have
     * the initial target.
     */
    CompactTarget requiredTarget(HeaderRecord parent) {
        if (parent.height() == 0) {
            return genesis.initialTarget();
        }
        return switch (genesis.retargeting()) {
            case NONE -> genesis.initialTarget();
            case ASERT ->
                Asert.nextTarget(
                        genesis.initialTarget(),
                        parent.anchorTimestampMillis() - genesis.spacingMillis(),
                        1,
                        parent.header().timestampMillis(),
                        parent.height(),
                        genesis.spacingMillis(),
                        genesis.halfLifeMillis(),
                        genesis.easiestTarget());
        };
    }

    /**
     * Median time of a block and its ten ancestors, of fewer near block 0; of an even number the later of the two in the
     * middle.
     */
    static long medianTimestampMillis(HeaderRecord tip, Function<BlockHash, HeaderRecord> ancestors) {
        int count = (int) Math.min(MEDIAN_BLOCKS, tip.height() + 1);
        long[] timestamps = new long[count];
        HeaderRecord block = tip;
        timestamps[0] = block.header().timestampMillis();
        for (int i = 1; i < count; i++) {
            block = ancestors.apply(block.parent());
            timestamps[i] = block.header().timestampMillis();
        }
        Arrays.sort(timestamps);
        return timestamps[count / 2];
    }

    private static Optional<Rejection> rejected(RejectionReason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
