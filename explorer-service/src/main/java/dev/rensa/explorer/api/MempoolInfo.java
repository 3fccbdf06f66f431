package dev.rensa.explorer.api;

import java.util.List;

/**
 * What waits to be mined: the mempool of the node with the best chain, beside the size of every node's.
 *
 * @param nodeKey the node whose mempool this is
 * @param count pending and queued together
 * @param pending transactions that can be mined now
 * @param queued transactions that wait for an earlier nonce
 * @param bytes size of all of them
 * @param minimumFee least fee, in mon, that the node accepts at the moment
 * @param nodes each reachable node's count
 * @param transactions the first 100, highest fee first
 */
public record MempoolInfo(
        String nodeKey,
        String name,
        int count,
        int pending,
        int queued,
        long bytes,
        long minimumFee,
        List<NodeMempool> nodes,
        List<TransactionInfo> transactions) {

    /** The size of one node's mempool. */
    public record NodeMempool(String nodeKey, String name, int transactions, long bytes) {}
}
