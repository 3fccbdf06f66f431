package dev.rensa.node.gossip;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Relayed transactions that were refused for what a block may change. A transfer can overtake the block that funds its
 * sender, and nobody would send it a second time.
 */
final class DeferredTransactions {

    /** Most transactions that are kept, 1.7 MB at the largest; the oldest leave first. */
    static final int MAX_DEFERRED = 4_000;

    /** How long one may wait: several blocks. */
    static final long MAX_WAIT_MILLIS = 60_000;

    private final Map<TransactionId, Deferred> waiting = new LinkedHashMap<>();

    record Deferred(Transaction transaction, NodeKey from, long untilMillis) {}

    /** Whether a new block may make the transaction acceptable. */
    static boolean mayChange(RejectionReason reason) {
        return reason == RejectionReason.INSUFFICIENT_FUNDS || reason == RejectionReason.NONCE_TOO_FAR_AHEAD;
    }

    boolean contains(TransactionId id) {
        return waiting.containsKey(id);
    }

    void defer(Deferred deferred) {
        waiting.putIfAbsent(deferred.transaction().id(), deferred);
        if (waiting.size() > MAX_DEFERRED) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /** Hands out all that may still be tried; they are deferred no longer. */
    List<Deferred> takeAll(long nowMillis) {
        List<Deferred> taken = waiting.values().stream()
                .filter(deferred -> nowMillis < deferred.untilMillis())
                .toList();
        waiting.clear();
        return taken;
    }
}
