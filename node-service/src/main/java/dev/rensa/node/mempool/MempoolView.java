package dev.rensa.node.mempool;

import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;

/**
 * The mempool in numbers, as it stood after its last change.
 *
 * @param pending transactions that can be mined now
 * @param queued transactions that wait for an earlier nonce or for funds
 * @param bytes size of all of them
 * @param maxBytes the limit on that size
 * @param minimumFee least fee at which the smallest transaction would be taken now
 */
public record MempoolView(int pending, int queued, long bytes, long maxBytes, Amount minimumFee) {

    /** Whether no room is left for the smallest transaction, unless others leave. */
    public boolean isFull() {
        return bytes + Transaction.MIN_BYTES > maxBytes;
    }

    /** What a transaction must pay to be taken, in mon per 1,024 bytes; 0 while there is room. */
    public long minimumFeePerKib() {
        return isFull() ? FeeRate.of(minimumFee.mon(), Transaction.MIN_BYTES) : 0;
    }

    public int transactions() {
        return pending + queued;
    }
}
