package dev.rensa.protocol.api;

import java.util.List;

/**
 * A page of the canonical chain's headers.
 *
 * @param height height of the tip
 * @param tip hash of the tip
 * @param from lowest height of this page
 * @param headers ascending, each the parent of the next
 */
public record HeadersPage(long height, String tip, long from, List<HeaderView> headers) {

    /**
     * A header.
     *
     * @param targetBits the compact target, eight hexadecimal digits
     * @param miner address of the account that receives subsidy and fees
     * @param work cumulative work up to and with this block, a decimal number
     */
    public record HeaderView(
            long height,
            String hash,
            String parent,
            String transactionsRoot,
            String stateRoot,
            long timestampMillis,
            String targetBits,
            String miner,
            long nonce,
            String work) {}
}
