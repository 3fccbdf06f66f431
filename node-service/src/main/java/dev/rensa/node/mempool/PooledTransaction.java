package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import java.util.OptionalLong;

/**
 * A transaction in the mempool. Its order is the one in which transactions are mined and shown: highest fee a byte
 * first, the older first among equals; the last one is the first to leave when room is wanted. Readable from any thread.
 */
public final class PooledTransaction implements Comparable<PooledTransaction> {

    private final Transaction transaction;
    private final SenderQueue queue;
    private final long sequence;
    private final long arrivedMillis;
    private final long feeRate;

    PooledTransaction(Transaction transaction, SenderQueue queue, long sequence, long arrivedMillis) {
        this.transaction = transaction;
        this.queue = queue;
        this.sequence = sequence;
        this.arrivedMillis = arrivedMillis;
        this.feeRate = FeeRate.of(transaction);
    }

    public Transaction transaction() {
        return transaction;
    }

    /** When it was admitted, milliseconds since 1970-01-01 UTC. */
    public long arrivedMillis() {
        return arrivedMillis;
    }

    /** Whether it is minable now. */
    public boolean isPending() {
        return transaction.nonce() < queue.view().pendingNextNonce();
    }

    /** The sender's lowest nonce that is not minable, which this one waits for; empty when it is pending. */
    public OptionalLong missingNonce() {
        long missing = queue.view().pendingNextNonce();
        return transaction.nonce() < missing ? OptionalLong.empty() : OptionalLong.of(missing);
    }

    SenderQueue queue() {
        return queue;
    }

    long nonce() {
        return transaction.nonce();
    }

    /** Amount plus fee in mon. */
    long cost() {
        return transaction.amount().mon() + transaction.fee().mon();
    }

    /** In the unit of {@link FeeRate}. */
    long feeRate() {
        return feeRate;
    }

    @Override
    public int compareTo(PooledTransaction other) {
        int order = Long.compare(other.feeRate, feeRate);
        return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
}
