package dev.rensa.node.mempool;

import dev.rensa.node.mempool.FeeEstimate.Basis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Estimates fees: a transaction is mined within n blocks if it pays more than what waits at n blocks' bytes in the order
 * of fees, and more than what n full blocks of late asked for. What arrives later is not foreseen. From any thread.
 */
final class FeeLadder {

    /** The next block, within 5, within 20. */
    static final List<Integer> TARGETS = List.of(1, 5, RecentBlocks.MAX_BLOCKS);

    private final PoolIndex index;
    private final RecentBlocks recent;
    private final int blockBytes;

    FeeLadder(PoolIndex index, RecentBlocks recent, int blockBytes) {
        this.index = index;
        this.recent = recent;
        this.blockBytes = blockBytes;
    }

    /**
     * One estimate for each of {@link #TARGETS}.
     *
     * @param minimum by genesis
     * @param entry what the smallest transaction must pay to be taken at the moment
     */
    List<FeeEstimate> estimate(Amount minimum, Amount entry) {
        List<FeeEstimate> estimates = new ArrayList<>();
        Iterator<PooledTransaction> walk = index.byFee().values().iterator();
        long bytes = 0;
        OptionalLong boundary = OptionalLong.empty();
        for (int blocks : TARGETS) {
            long capacity = (long) blocks * blockBytes;
            while (bytes <= capacity && walk.hasNext()) {
                PooledTransaction entryWalked = walk.next();
                if (entryWalked.isPending()) {
                    bytes += entryWalked.transaction().size();
                    boundary = OptionalLong.of(entryWalked.feeRate());
                }
            }
            estimates.add(estimate(blocks, bytes > capacity ? boundary : OptionalLong.empty(), minimum, entry));
        }
        return estimates;
    }

    private FeeEstimate estimate(int blocks, OptionalLong waiting, Amount minimum, Amount entry) {
        OptionalLong mined = recent.rateThatWaited(blocks);
        long rate = Math.max(waiting.orElse(-1), mined.orElse(-1));
        long fee = rate < 0 ? 0 : FeeRate.feeAbove(rate, Transaction.MIN_BYTES);
        Basis basis = waiting.orElse(-1) == rate ? Basis.MEMPOOL : Basis.RECENT_BLOCKS;
        if (entry.mon() > Math.max(fee, minimum.mon())) {
            return new FeeEstimate(blocks, perKib(entry.mon()), entry, Basis.ENTRY);
        }
        return fee <= minimum.mon()
                ? new FeeEstimate(blocks, 0, minimum, Basis.MINIMUM)
                : new FeeEstimate(blocks, rate + 1, Amount.ofMon(fee), basis);
    }

    private static long perKib(long fee) {
        return FeeRate.of(fee, Transaction.MIN_BYTES);
    }
}
