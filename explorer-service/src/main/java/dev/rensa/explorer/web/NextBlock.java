package dev.rensa.explorer.web;

import dev.rensa.explorer.api.MempoolInfo;
import dev.rensa.explorer.api.TransactionInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * What the next block will hold if it is found now, by the mempool of the node with the best chain: miners take the highest
 * fee a byte first.
 *
 * @param capacity most bytes of transactions that a block may hold
 * @param bytes of the transactions that wait and fit
 * @param rows the first that wait, in the order in which they are taken
 */
public record NextBlock(MempoolInfo mempool, int capacity, long bytes, List<Row> rows) {

    /**
     * A transaction that waits.
     *
     * @param next whether the next block has room for it
     */
    public record Row(TransactionInfo transaction, boolean next) {
        /** Fee in mon per 1,024 bytes. */
        public long feePerKib() {
            return Math.multiplyExact(transaction.fee(), 1_024L) / transaction.size();
        }
    }

    static NextBlock of(MempoolInfo mempool, int capacity) {
        List<Row> rows = new ArrayList<>();
        long ahead = 0;
        for (TransactionInfo transaction : mempool.transactions()) {
            boolean pending = "pending".equals(transaction.status().state());
            ahead += pending ? transaction.size() : 0;
            rows.add(new Row(transaction, pending && ahead <= capacity));
        }
        return new NextBlock(mempool, capacity, Math.min(mempool.bytes(), capacity), rows);
    }

    /** How full the next block is, 0 to 1. */
    public double share() {
        return (double) bytes / capacity;
    }
}
