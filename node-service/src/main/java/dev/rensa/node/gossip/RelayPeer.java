package dev.rensa.node.gossip;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** What one peer has of transactions, what it was told and what it is owed. Writer thread only. */
final class RelayPeer {

    /** Ids that the peer is known to have or to have been told of: several seconds at any rate a chain can confirm; 2 MB. */
    static final int MAX_KNOWN = 65_536;

    /** Ids that wait to be announced; when a peer is too slow to be told more, the oldest are left out. */
    static final int MAX_WAITING = 65_536;

    /** Questions that wait for room on the link: twice what an honest peer may have asked for and not got. */
    static final int MAX_OWED = 2 * WantedTransactions.MAX_QUOTA;

    /** Most ids of one announcement. */
    static final int MAX_ANNOUNCED = MessageLimits.MAX_TRANSACTIONS;

    /** Most transactions of one message. */
    static final int MAX_SENT = MessageLimits.MAX_TRANSACTIONS;

    /** Bytes at which a message of transactions is closed: small enough not to hold up blocks behind it. */
    static final int MAX_SENT_BYTES = 1 << 20;

    /** What a link may still hold when more transactions are put behind it; the rest waits for the next look. */
    static final long LINK_BUSY_BYTES = 4L << 20;

    private final PeerLink link;

    /** It announced these, sent them here, or was sent them. */
    private final RecentIds has;

    /** It was told that they are here, or is about to be. */
    private final RecentIds told;

    private final ShortIdQueue waiting = new ShortIdQueue(MAX_WAITING);
    private final ShortIdQueue owed = new ShortIdQueue(MAX_OWED);

    /** What was in the mempool when relaying began and was not announced yet. */
    private Iterator<Transaction> backlog = Collections.emptyIterator();

    private boolean near;
    private boolean chosen;
    private boolean wanted;
    private boolean saidChosen;

    RelayPeer(PeerLink link, long secret) {
        this.link = link;
        this.has = new RecentIds(MAX_KNOWN, secret);
        this.told = new RecentIds(MAX_KNOWN, secret);
    }

    PeerLink link() {
        return link;
    }

    /** Whether it is near enough to our head to make use of transactions. */
    boolean isNear() {
        return near;
    }

    void comesNear() {
        near = true;
    }

    /** Whether we chose this link to relay on. */
    boolean isChosen() {
        return chosen;
    }

    void choose(boolean newChosen) {
        chosen = newChosen;
    }

    /** Whether the peer chose this link. */
    void wants(boolean newWanted) {
        wanted = newWanted;
    }

    /** Whether transactions are told and blocks given on this link: either side may ask for it. */
    boolean relays() {
        return near && (chosen || wanted);
    }

    /** Lets the peer know whether it was chosen, if it does not yet. */
    void sayWhetherChosen() {
        if (chosen != saidChosen && link.send(new Message.WantRelay(chosen))) {
            saidChosen = chosen;
        }
    }

    /** Begins to tell, with what waits here. */
    void begin(Iterator<Transaction> mempool) {
        backlog = mempool;
    }

    void end() {
        backlog = Collections.emptyIterator();
        waiting.drop(waiting.size());
    }

    boolean has(long id) {
        return has.contains(id);
    }

    /** It says that it has this transaction. */
    void announced(long id) {
        has.add(id);
    }

    /** The transaction travelled on this link, whichever way: each side knows that the other has it. */
    void shares(long id) {
        has.add(id);
        told.add(id);
    }

    /** The transaction travelled in a block that is abandoned: who never followed that block does not have it. */
    void abandoned(long id) {
        has.remove(id);
        told.remove(id);
    }

    /**
     * Queues an id for the next announcement, unless that was done before. Also to a peer that announced it: so it knows
     * what we have, and need not send that along with a block.
     */
    void announce(long id) {
        if (told.add(id)) {
            waiting.add(id);
        }
    }

    /** Sends one announcement; returns the ids in it. */
    int announceWaiting(Offers offers) {
        while (waiting.size() < MAX_ANNOUNCED && backlog.hasNext()) {
            Transaction transaction = backlog.next();
            offers.add(transaction);
            announce(transaction.id().prefix());
        }
        int taken = Math.min(waiting.size(), MAX_ANNOUNCED);
        long[] ids = new long[taken];
        int count = 0;
        for (int i = 0; i < taken; i++) {
            long id = waiting.get(i);
            if (offers.isWaiting(id)) {
                ids[count++] = id;
            }
        }
        if (count > 0 && !link.send(new Message.AnnounceTransactions(ShortIds.of(ids, count)))) {
            return 0;
        }
        waiting.drop(taken);
        return count;
    }

    void owe(ShortIds ids) {
        ids.forEach(owed::add);
    }

    /** Answers what was asked, as far as the link takes it; returns the transactions that were sent. */
    int answer(Offers offers) {
        int sent = 0;
        while (!owed.isEmpty() && link.queuedBytes() <= LINK_BUSY_BYTES) {
            List<Transaction> found = new ArrayList<>();
            long[] gone = new long[Math.min(owed.size(), MAX_SENT)];
            int goneCount = 0;
            int taken = 0;
            for (int bytes = 0; taken < gone.length && bytes < MAX_SENT_BYTES; taken++) {
                long id = owed.get(taken);
                Transaction transaction = has.contains(id) ? null : offers.find(id);
                if (transaction == null) {
                    gone[goneCount++] = id;
                } else {
                    found.add(transaction);
                    bytes += transaction.size();
                }
            }
            // What is gone is told first: when the rest does not pass, hearing it twice does no harm.
            if ((goneCount > 0 && !link.send(new Message.TransactionsGone(ShortIds.of(gone, goneCount))))
                    || (!found.isEmpty() && !link.send(new Message.Transactions(found)))) {
                return sent;
            }
            found.forEach(transaction -> shares(transaction.id().prefix()));
            owed.drop(taken);
            sent += found.size();
        }
        return sent;
    }

    /** Whether there is more to tell than the last messages held. */
    boolean hasMore() {
        return !waiting.isEmpty() || !owed.isEmpty() || backlog.hasNext();
    }
}
