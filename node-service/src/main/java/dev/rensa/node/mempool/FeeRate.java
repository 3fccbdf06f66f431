package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;

/** Fees by size, in whole mon per 1,024 bytes: fine enough to tell one mon apart on the largest transaction. */
final class FeeRate {

    private static final long UNIT_BYTES = 1024;

    private FeeRate() {}

    static long of(Transaction transaction) {
        return of(transaction.fee().mon(), transaction.size());
    }

    static long of(long fee, int size) {
        // Fees beyond 2^53 mon, 90 million coins, are all alike: their product would overflow.
        return fee <= Long.MAX_VALUE / UNIT_BYTES ? fee * UNIT_BYTES / size : Long.MAX_VALUE;
    }

    /** The least fee with which a transaction of this size is above the rate; at most 2⁶³ − 1 mon. */
    static long feeAbove(long rate, int size) {
        if (rate >= Long.MAX_VALUE / Transaction.MAX_BYTES) {
            return Long.MAX_VALUE;
        }
        return Math.ceilDiv((rate + 1) * size, UNIT_BYTES);
    }
}
