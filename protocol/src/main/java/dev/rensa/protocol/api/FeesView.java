package dev.rensa.protocol.api;

import java.util.List;

/**
 * What to pay, by what waits in this node's mempool and by its newest blocks. What arrives later is not foreseen.
 *
 * @param height height of the tip
 * @param minimumFee least fee of any transaction by genesis, in mon
 * @param estimates the soonest first
 */
public record FeesView(long height, long minimumFee, List<FeeEstimateView> estimates) {

    /**
     * What to pay to be mined within some blocks.
     *
     * @param urgency {@code next}, {@code soon} or {@code relaxed}
     * @param blocks 1, 5 or 20 blocks from now
     * @param feePerKib mon per 1,024 bytes; 0 when the genesis' minimum is enough
     * @param transferFee fee of a transfer without a memo, in mon
     * @param basis {@code minimum} (nothing competes), {@code mempool} (what waits fills these blocks),
     *     {@code recent-blocks} (as many blocks of late were full) or {@code entry} (the mempool is full and takes nothing
     *     cheaper)
     */
    public record FeeEstimateView(String urgency, int blocks, long feePerKib, long transferFee, String basis) {}
}
