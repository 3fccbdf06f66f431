package dev.rensa.protocol.api;

/**
 * The mempool in numbers, with its limits.
 *
 * @param pending transactions that can be mined now
 * @param queued transactions that wait for an earlier nonce or for funds
 * @param bytes size of all of them
 * @param full whether no room is left for the smallest transaction: then only what pays more than the cheapest is taken
 * @param minimumFee least fee, in mon, at which the smallest transaction is taken now
 * @param minimumFeePerKib the same in mon per 1,024 bytes; 0 while the genesis' minimum is enough
 * @param maxBytes the setting {@code rensa.mempool.max-bytes}
 * @param maxPerSender the setting {@code rensa.mempool.max-per-sender}
 * @param maxNonceGap the setting {@code rensa.mempool.max-nonce-gap}
 * @param expiryMillis the setting {@code rensa.mempool.expiry}
 * @param maxBlockBytes most bytes of transactions in a block, by genesis
 */
public record MempoolInfoView(
        int pending,
        int queued,
        long bytes,
        boolean full,
        long minimumFee,
        long minimumFeePerKib,
        long maxBytes,
        int maxPerSender,
        long maxNonceGap,
        long expiryMillis,
        int maxBlockBytes) {}
