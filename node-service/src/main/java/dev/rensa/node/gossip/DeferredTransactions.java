package dev.rensa.node.gossip;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Relayed transactions that were refused for what a block may change. A transfer can overtake the block that funds its
 * sender, and nobody would send it a second time. Their signatures may not have been checked, so no peer may have many.
 */
final class DeferredTransactions {

    /** Most transactions that are kept, 1.7 MB at the largest; the oldest leave first. */
    static final int MAX_DEFERRED = 4_000;

    /** Most of them from one peer, 85 KB at the largest; what it sends beyond them is not kept. */
    static final int MAX_A_PEER = 200;

    /** How long one may wait: several blocks. */
    static final long MAX_WAIT_MILLIS = 60_000;

    /** By short id. */
    private final SequencedMap<Long, Deferred> waiting = new LinkedHashMap<>();

    private final Map<NodeKey, Integer> countByPeer = new HashMap<>();

    record Deferred(Transaction transaction, NodeKey from, long untilMillis) {}

    /** Whether a new block may make the transaction acceptable. */
    static boolean mayChange(RejectionReason reason) {
        return reason == RejectionReason.INSUFFICIENT_FUNDS || reason == RejectionReason.NONCE_TOO_FAR_AHEAD;
    }

    boolean contains(long id) {
        return !waiting.isEmpty() && waiting.containsKey(id);
    }

    void defer(Deferred deferred) {
        int present = countByPeer.getOrDefault(deferred.from(), 0);
        if (present >= MAX_A_PEER
                || waiting.putIfAbsent(deferred.transaction().id().prefix(), deferred) != null) {
            return;
        }
        countByPeer.put(deferred.from(), present + 1);
        if (waiting.size() > MAX_DEFERRED) {
            Deferred oldest = waiting.pollFirstEntry().getValue();
            countByPeer.computeIfPresent(oldest.from(), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Shows all, until the visitor has enough. */
    boolean visit(Predicate<Transaction> wantsMore) {
        return waiting.values().stream().map(Deferred::transaction).allMatch(wantsMore);
    }

    /** Hands out all that may still be tried; they are deferred no longer. */
    List<Deferred> takeAll(long nowMillis) {
        List<Deferred> taken = waiting.values().stream()
                .filter(deferred -> nowMillis < deferred.untilMillis())
                .toList();
        waiting.clear();
        countByPeer.clear();
        return taken;
    }
}
