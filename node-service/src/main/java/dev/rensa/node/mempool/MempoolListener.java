package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;

/** Hears what happens in the mempool, on the writer thread. It must not call back into the mempool. */
public interface MempoolListener {

    /**
     * A transaction was taken.
     *
     * @param pending whether it is minable now
     */
    void admitted(Transaction transaction, boolean pending);

    /** A transaction of an abandoned block waits again; unless it is told apart it counts as taken. */
    default void returned(Transaction transaction, boolean pending) {
        admitted(transaction, pending);
    }

    /** A queued transaction became minable. */
    default void promoted(Transaction transaction) {}

    /** A transaction left, and not because it was mined. */
    void evicted(Transaction transaction, RejectionReason reason);

    /** A transaction left since another one took its nonce; unless it is told apart it counts as evicted. */
    default void replaced(Transaction transaction, Transaction by) {
        evicted(transaction, RejectionReason.REPLACED);
    }
}
