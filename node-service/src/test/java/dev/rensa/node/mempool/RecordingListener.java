package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it hears. */
final class RecordingListener implements MempoolListener {

    record Eviction(Transaction transaction, RejectionReason reason) {}

    final List<Transaction> admitted = new ArrayList<>();
    final List<Transaction> promoted = new ArrayList<>();
    final List<Eviction> evicted = new ArrayList<>();

    @Override
    public void admitted(Transaction transaction, boolean pending) {
        admitted.add(transaction);
    }

    @Override
    public void promoted(Transaction transaction) {
        promoted.add(transaction);
    }

    @Override
    public void evicted(Transaction transaction, RejectionReason reason) {
        evicted.add(new Eviction(transaction, reason));
    }
}
