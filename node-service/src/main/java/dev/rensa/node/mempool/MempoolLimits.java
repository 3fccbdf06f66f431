package dev.rensa.node.mempool;

/**
 * Bounds of the mempool, all of them settings.
 *
 * @param maxBytes sum of the sizes of all transactions
 * @param maxPerSender transactions of one sender, pending and queued
 * @param maxNonceGap how far beyond the sender's next nonce a transaction may be
 * @param expiryMillis how long a transaction may wait before it is dropped
 */
public record MempoolLimits(long maxBytes, int maxPerSender, long maxNonceGap, long expiryMillis) {

    /** 64 MiB, 20,000 a sender, at most 20,000 ahead, three hours. */
    public static final MempoolLimits DEFAULT = new MempoolLimits(64L << 20, 20_000, 20_000, 3 * 60 * 60 * 1000L);
}
