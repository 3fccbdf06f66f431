package dev.rensa.protocol.api;

import java.util.List;

/**
 * A page of the mempool.
 *
 * @param pending transactions that can be mined now
 * @param queued transactions that wait for an earlier nonce
 * @param bytes size of all of them
 * @param maxBytes the limit on that size
 * @param minimumFee least fee, in mon, that is accepted at the moment
 * @param offset how many this page passes over
 * @param transactions the page, highest fee a byte first
 */
public record MempoolPage(
        int pending,
        int queued,
        long bytes,
        long maxBytes,
        long minimumFee,
        int offset,
        List<TransactionView> transactions) {}
