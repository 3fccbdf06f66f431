package dev.rensa.node.mempool;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the newest blocks asked of those who wanted into them. The writer thread follows the chain, any thread reads. */
final class RecentBlocks {

    /** The longest wait that is estimated. */
    static final int MAX_BLOCKS = 20;

    /** A block counts as full from here on: what is left is room for odd sizes. */
    private static final double FULL_SHARE = 0.95;

    private final int capacityBytes;

    /** Newest last: the lowest rate of a full block, none of one with room. */
    private volatile List<OptionalLong> newest = List.of();

    RecentBlocks(int capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    void follow(ChainChange change) {
        List<OptionalLong> blocks = new ArrayList<>(newest);
        int left = Math.min(blocks.size(), change.disconnected().size());
        blocks.subList(blocks.size() - left, blocks.size()).clear();
        for (Block block : change.connected()) {
            blocks.add(lowestRateIfFull(block));
        }
        newest = List.copyOf(blocks.subList(Math.max(0, blocks.size() - MAX_BLOCKS), blocks.size()));
    }

    /**
     * The rate that was not enough for any of the newest blocks.
     *
     * @return empty if one of them had room, or if fewer are known
     */
    OptionalLong rateThatWaited(int blocks) {
        List<OptionalLong> known = newest;
        if (known.size() < blocks) {
            return OptionalLong.empty();
        }
        long lowest = Long.MAX_VALUE;
        for (OptionalLong rate : known.subList(known.size() - blocks, known.size())) {
            if (rate.isEmpty()) {
                return OptionalLong.empty();
            }
            lowest = Math.min(lowest, rate.getAsLong());
        }
        return OptionalLong.of(lowest);
    }

    private OptionalLong lowestRateIfFull(Block block) {
        long bytes = 0;
        for (Transaction transaction : block.transactions()) {
            bytes += transaction.size();
        }
        return bytes < FULL_SHARE * capacityBytes
                ? OptionalLong.empty()
                : block.transactions().stream().mapToLong(FeeRate::of).min();
    }
}
