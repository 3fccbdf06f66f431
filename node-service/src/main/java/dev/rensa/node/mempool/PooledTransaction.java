package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transaction in the mempool, with its place in the order of fees: the last one is the first to leave when room is
 * wanted. Readable from any thread.
 */
public final class PooledTransaction extends FeePosition {

    private final Transaction transaction;
    private final SenderQueue queue;
    private final long arrivedMillis;

    PooledTransaction(Transaction transaction, SenderQueue queue, long sequence, long arrivedMillis) {
        super(FeeRate.of(transaction), sequence);
        this.transaction = transaction;
        this.queue = queue;
        this.arrivedMillis = arrivedMillis;
    }

    public Transaction transaction() {
        return transaction;
    }

    /** When it was admitted, milliseconds since 1970-01-01 UTC. */
    public long arrivedMillis() {
        return arrivedMillis;
    }

    /** What it pays, in mon per 1,024 bytes. */
    public long feePerKib() {
        return feeRate();
    }

    /** What a transaction pays that need not wait here, in mon per 1,024 bytes. */
    public static long feePerKib(Transaction transaction) {
        return FeeRate.of(transaction);
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

    /** What a queued one waits for: an earlier nonce, or funds for what has it. */
    public Optional<Waiting> waiting() {
        SenderView view = queue.view();
        long missing = view.pendingNextNonce();
        if (transaction.nonce() < missing) {
            return Optional.empty();
        }
        PooledTransaction uncovered = queue.get(missing);
        return Optional.of(new Waiting(
                missing,
                view.pendingBalance().mon(),
                uncovered == null ? OptionalLong.empty() : OptionalLong.of(uncovered.cost())));
    }

    /**
     * What a queued transaction waits for.
     *
     * @param nonce the sender's lowest nonce that is not minable
     * @param availableMon what the balance leaves behind everything pending
     * @param neededMon amount and fee of the transaction with that nonce, which the balance does not cover; empty when
     *     there is no such transaction
     */
    public record Waiting(long nonce, long availableMon, OptionalLong neededMon) {}

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
}
