package dev.rensa.node.gossip;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What one peer knows of transactions and what it is to be told next. Writer thread only. */
final class RelayPeer {

    /** Ids that the peer is known to have: several seconds at any rate a chain can confirm. */
    static final int MAX_KNOWN = 50_000;

    /** Ids that wait to be announced; when a peer is too slow to be told more, the oldest are left out. */
    static final int MAX_WAITING = 50_000;

    /** Most ids of one announcement. */
    static final int MAX_ANNOUNCED = MessageLimits.MAX_TRANSACTIONS;

    /** Most transactions of one message. */
    static final int MAX_SENT = MessageLimits.MAX_TRANSACTIONS;

    /** Bytes at which a message of transactions is closed: small enough not to hold up blocks behind it. */
    static final int MAX_SENT_BYTES = 1 << 20;

    private final PeerLink link;
    private final RecentIds known = new RecentIds(MAX_KNOWN);
    private final Set<TransactionId> waiting = new LinkedHashSet<>();

    /** What was in the mempool when relaying began and was not announced yet. */
    private Iterator<Transaction> backlog = Collections.emptyIterator();

    private boolean open;

    RelayPeer(PeerLink link) {
        this.link = link;
    }

    PeerLink link() {
        return link;
    }

    /** Whether it is near enough to our head to make use of transactions. */
    boolean isOpen() {
        return open;
    }

    void open(List<Transaction> mempool) {
        open = true;
        backlog = mempool.iterator();
    }

    /** The peer has this transaction, or is about to. */
    void knows(TransactionId id) {
        known.add(id);
        waiting.remove(id);
    }

    /** Queues an id for the next announcement, unless the peer has it. */
    void announce(TransactionId id) {
        if (!known.contains(id) && waiting.add(id) && waiting.size() > MAX_WAITING) {
            waiting.remove(waiting.iterator().next());
        }
    }

    /** Sends in messages of bounded size. What the link does not take, the peer will ask of somebody else. */
    void send(List<Transaction> transactions) {
        int from = 0;
        while (from < transactions.size()) {
            int to = from;
            int bytes = 0;
            while (to < transactions.size() && to - from < MAX_SENT && bytes < MAX_SENT_BYTES) {
                bytes += transactions.get(to).size();
                to++;
            }
            List<Transaction> part = List.copyOf(transactions.subList(from, to));
            if (!link.send(new Message.Transactions(part))) {
                return;
            }
            part.forEach(t -> knows(t.id()));
            from = to;
        }
    }

    /**
     * Sends one announcement.
     *
     * @param stillHere whether a transaction is in the mempool still
     * @return whether there is more to announce, or the link takes no more now
     */
    boolean announceWaiting(Predicate<TransactionId> stillHere) {
        while (waiting.size() < MAX_ANNOUNCED && backlog.hasNext()) {
            announce(backlog.next().id());
        }
        List<TransactionId> ids = new ArrayList<>();
        Iterator<TransactionId> next = waiting.iterator();
        while (next.hasNext() && ids.size() < MAX_ANNOUNCED) {
            TransactionId id = next.next();
            if (stillHere.test(id)) {
                ids.add(id);
            } else {
                next.remove();
            }
        }
        if (!ids.isEmpty() && link.send(new Message.AnnounceTransactions(List.copyOf(ids)))) {
            ids.forEach(this::knows);
        }
        return !waiting.isEmpty() || backlog.hasNext();
    }
}
