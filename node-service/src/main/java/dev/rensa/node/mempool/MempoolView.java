package dev.rensa.node.mempool;

import dev.rensa.protocol.money.Amount;

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

    public int transactions() {
        return pending + queued;
    }
}
