package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;

/** Hears what happens in the mempool, on the writer thread. It must not call back into the mempool. */
public interface MempoolListener {

    /**
     * A transaction was taken, from outside or from an abandoned block.
     *
     * @param pending whether it is minable now
     */
    void admitted(Transaction transaction, boolean pending);

    /** A queued transaction became minable. */
    default void promoted(Transaction transaction) {}

    /** A transaction left, and not because it was mined. */
    void evicted(Transaction transaction, RejectionReason reason);
}
