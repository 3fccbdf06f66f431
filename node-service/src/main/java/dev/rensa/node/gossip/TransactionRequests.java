package dev.rensa.node.gossip;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which announced transactions are wanted, who has them and who was asked. Each is asked of one peer at a time; one that
 * does not deliver costs {@link #TIMEOUT_MILLIS}, then the next announcer is asked.
 */
final class TransactionRequests {

    /** How long a peer may take to deliver: many round trips of any network this runs on. */
    static final long TIMEOUT_MILLIS = 2_000;

    /** Most ids that are remembered as wanted; announcements beyond it are ignored. */
    static final int MAX_WANTED = 100_000;

    /** Most transactions that are asked for and not here: a second's worth of signature checks on one core. */
    static final int MAX_ASKED = 30_000;

    /** Most announcers that are remembered for one transaction. */
    static final int MAX_ANNOUNCERS = 8;

    private final Map<TransactionId, Wanted> wanted = new LinkedHashMap<>();
    private int asked;

    private static final class Wanted {
        private final Deque<NodeKey> announcers = new ArrayDeque<>();
        private @Nullable NodeKey askedOf;
        private long deadlineMillis;
    }

    /** Takes note that a peer has a transaction which is not here. */
    void announced(NodeKey peer, TransactionId id) {
        Wanted entry = wanted.get(id);
        if (entry == null) {
            if (wanted.size() >= MAX_WANTED) {
                return;
            }
            entry = new Wanted();
            wanted.put(id, entry);
        }
        if (entry.announcers.size() < MAX_ANNOUNCERS
                && !entry.announcers.contains(peer)
                && !peer.equals(entry.askedOf)) {
            entry.announcers.add(peer);
        }
    }

    /** It arrived, or is not wanted any more. */
    void settled(TransactionId id) {
        Wanted entry = wanted.remove(id);
        if (entry != null && entry.askedOf != null) {
            asked--;
        }
    }

    /** What was asked of this peer may be asked of others now. */
    void disconnected(NodeKey peer) {
        for (Wanted entry : wanted.values()) {
            entry.announcers.remove(peer);
            if (peer.equals(entry.askedOf)) {
                release(entry);
            }
        }
    }

    /** Chooses whom to ask for the given ids, as far as they are wanted and nobody is being asked. */
    Map<NodeKey, List<TransactionId>> ask(Collection<TransactionId> ids, long nowMillis) {
        Map<NodeKey, List<TransactionId>> questions = new LinkedHashMap<>();
        for (TransactionId id : ids) {
            Wanted entry = wanted.get(id);
            if (entry != null && entry.askedOf == null) {
                ask(id, entry, nowMillis, questions);
            }
        }
        return questions;
    }

    /** Gives up on peers that did not deliver in time, and chooses whom to ask next. */
    Map<NodeKey, List<TransactionId>> askAgain(long nowMillis) {
        Map<NodeKey, List<TransactionId>> questions = new LinkedHashMap<>();
        List<TransactionId> hopeless = new ArrayList<>();
        for (var candidate : wanted.entrySet()) {
            Wanted entry = candidate.getValue();
            if (entry.askedOf != null && nowMillis >= entry.deadlineMillis) {
                release(entry);
            }
            if (entry.askedOf == null && !ask(candidate.getKey(), entry, nowMillis, questions)) {
                hopeless.add(candidate.getKey());
            }
        }
        hopeless.forEach(wanted::remove);
        return questions;
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    /** Returns false if nobody is left who could be asked. */
    private boolean ask(TransactionId id, Wanted entry, long nowMillis, Map<NodeKey, List<TransactionId>> questions) {
        if (asked >= MAX_ASKED) {
            return true;
        }
        NodeKey next = entry.announcers.poll();
        if (next == null) {
            return false;
        }
        entry.askedOf = next;
        entry.deadlineMillis = nowMillis + TIMEOUT_MILLIS;
        asked++;
        questions.computeIfAbsent(next, key -> new ArrayList<>()).add(id);
        return true;
    }

    private void release(Wanted entry) {
        entry.askedOf = null;
        asked--;
    }
}
