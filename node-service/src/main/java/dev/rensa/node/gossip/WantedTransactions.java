package dev.rensa.node.gossip;

import dev.rensa.node.peer.NodeKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which announced transactions are wanted, who has them and who was asked. Each is asked of one peer at a time; one that
 * does not deliver costs {@link #TIMEOUT_MILLIS}, then the next announcer is asked, and the slow one is given less to do.
 * Every peer has a share that others cannot take from it. Writer thread only.
 */
final class WantedTransactions {

    /** How long a peer may take to deliver: many round trips of any network this runs on. */
    static final long TIMEOUT_MILLIS = 2_000;

    /** How long a peer may owe an answer without a word before it is left: no pause of an honest one lasts so long. */
    static final long SILENCE_MILLIS = 20_000;

    /** Most ids that are remembered as wanted, 15 MB; announcements beyond it count only within a peer's sure share. */
    static final int MAX_WANTED = 100_000;

    /** Most of them that one peer announced. */
    static final int MAX_WANTED_A_PEER = 20_000;

    /** Ids that are remembered of each peer however many others announced. */
    static final int SURE_WANTED_A_PEER = 1_000;

    /** Most transactions that are asked for and not here: a second's worth of signature checks on one core. */
    static final int MAX_ASKED = 30_000;

    /** Most that are asked of one peer, or came from it and are being checked. */
    static final int MAX_QUOTA = 10_000;

    /** What a peer that does not deliver is still asked for at once: enough to notice when it does. */
    static final int MIN_QUOTA = 16;

    /** Questions that each peer may be asked however many are open elsewhere. */
    static final int SURE_ASKED_A_PEER = 250;

    /** Most announcers that are remembered for one transaction. */
    static final int MAX_ANNOUNCERS = 8;

    private final ShortIdMap<Wanted> wanted;
    private final Map<NodeKey, Announcer> announcers = new LinkedHashMap<>();
    private int asked;

    private static final class Wanted {
        private final long id;
        private final List<Announcer> announcers = new ArrayList<>(2);
        private @Nullable Announcer askedOf;
        private long deadlineMillis;

        Wanted(long id) {
            this.id = id;
        }
    }

    WantedTransactions(long secret) {
        this.wanted = new ShortIdMap<>(secret);
    }

    /** Takes note that a peer has a transaction which is not here, and asks for it if there is room. */
    void announced(NodeKey peer, long id, long nowMillis, Questions questions) {
        Announcer announcer = announcer(peer);
        Wanted entry = wanted.get(id);
        if (announcer.wanted >= MAX_WANTED_A_PEER) {
            return;
        }
        if (entry == null) {
            if (wanted.size() >= MAX_WANTED && announcer.wanted >= SURE_WANTED_A_PEER) {
                return;
            }
            entry = new Wanted(id);
            wanted.put(id, entry);
        }
        if (entry.announcers.size() >= MAX_ANNOUNCERS
                || entry.askedOf == announcer
                || entry.announcers.contains(announcer)) {
            return;
        }
        entry.announcers.add(announcer);
        announcer.wanted++;
        if (entry.askedOf == null && !ask(entry, nowMillis, questions)) {
            announcer.unasked.add(id);
        }
    }

    /** It arrived from somewhere, or is not wanted any more. */
    void settled(long id) {
        Wanted entry = wanted.remove(id);
        if (entry != null) {
            release(entry);
            entry.announcers.forEach(announcer -> announcer.wanted--);
        }
    }

    /** A peer delivered it. */
    void delivered(NodeKey peer, long id) {
        Announcer announcer = announcer(peer);
        announcer.heard();
        Wanted entry = wanted.get(id);
        if (entry != null && entry.askedOf == announcer) {
            announcer.delivered();
        }
        settled(id);
    }

    /** The peer does not have it any more: the next one is asked. */
    void gone(NodeKey peer, long id, long nowMillis, Questions questions) {
        Announcer announcer = announcer(peer);
        announcer.heard();
        Wanted entry = wanted.get(id);
        if (entry != null && entry.askedOf == announcer) {
            release(entry);
            askOrForget(entry, nowMillis, questions);
        }
    }

    /** Room was made: asks the peer for what waited for that. */
    void askMore(NodeKey peer, long nowMillis, Questions questions) {
        Announcer announcer = announcer(peer);
        while (!announcer.unasked.isEmpty() && announcer.hasRoom(asked)) {
            Wanted entry = wanted.get(announcer.unasked.poll());
            if (entry != null && entry.askedOf == null) {
                ask(entry, nowMillis, questions);
            }
        }
    }

    /** A question is on its way. */
    void sent(NodeKey peer, long nowMillis) {
        announcer(peer).questionSent(nowMillis);
    }

    /** A question did not pass: the peer is not to blame, and is asked again at the next look. */
    void notSent(NodeKey peer, long id) {
        Announcer announcer = announcer(peer);
        Wanted entry = wanted.get(id);
        if (entry != null && entry.askedOf == announcer) {
            release(entry);
            entry.announcers.add(announcer);
            announcer.wanted++;
        }
    }

    /** Gives up on peers that did not deliver in time, and chooses whom to ask next. */
    void askAgain(long nowMillis, Questions questions) {
        List<Wanted> open = new ArrayList<>();
        wanted.forEach(entry -> {
            if (entry.askedOf == null || nowMillis >= entry.deadlineMillis) {
                open.add(entry);
            }
        });
        Set<Announcer> late = new HashSet<>();
        for (Wanted entry : open) {
            if (entry.askedOf != null) {
                late.add(entry.askedOf);
                release(entry);
            }
        }
        late.forEach(announcer -> announcer.missedADeadline(nowMillis));
        open.forEach(entry -> askOrForget(entry, nowMillis, questions));
    }

    /** While this side does not read what the peer sends, its silence does not count. */
    void heldUp(NodeKey peer, boolean unread) {
        if (unread) {
            announcer(peer).heard();
        }
    }

    /** Peers that have owed an answer for too long, each told once. */
    List<NodeKey> silent(long nowMillis) {
        return announcers.values().stream()
                .filter(announcer -> announcer.isSilent(nowMillis))
                .map(Announcer::key)
                .toList();
    }

    /** What was asked of this peer may be asked of others now. */
    void disconnected(NodeKey peer) {
        Announcer gone = announcers.remove(peer);
        if (gone != null) {
            wanted.forEach(entry -> {
                entry.announcers.remove(gone);
                if (entry.askedOf == gone) {
                    release(entry);
                }
            });
        }
    }

    /** Counts what came from a peer and is being checked; it takes room like what is asked for. */
    void checking(NodeKey peer, int more) {
        Announcer announcer = announcers.get(peer);
        if (announcer != null) {
            announcer.checking = Math.max(0, announcer.checking + more);
        }
    }

    /** How many of a peer's transactions are being checked. */
    int checkingOf(NodeKey peer) {
        return announcer(peer).checking;
    }

    boolean isEmpty() {
        return wanted.size() == 0;
    }

    private Announcer announcer(NodeKey peer) {
        return announcers.computeIfAbsent(peer, Announcer::new);
    }

    private void askOrForget(Wanted entry, long nowMillis, Questions questions) {
        if (entry.announcers.isEmpty()) {
            wanted.remove(entry.id);
        } else {
            ask(entry, nowMillis, questions);
        }
    }

    /** Asks the announcer that delivers best among those with room; false if none has any. */
    private boolean ask(Wanted entry, long nowMillis, Questions questions) {
        Announcer best = null;
        for (Announcer announcer : entry.announcers) {
            if (announcer.hasRoom(asked) && (best == null || announcer.quota > best.quota)) {
                best = announcer;
            }
        }
        if (best == null) {
            return false;
        }
        entry.announcers.remove(best);
        entry.askedOf = best;
        entry.deadlineMillis = nowMillis + TIMEOUT_MILLIS;
        best.asked++;
        asked++;
        questions.add(best.key(), entry.id);
        return true;
    }

    /** Nobody is being asked for it. */
    private void release(Wanted entry) {
        Announcer before = entry.askedOf;
        if (before != null) {
            entry.askedOf = null;
            before.asked--;
            before.wanted--;
            asked--;
        }
    }
}
