package dev.rensa.node.gossip;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells every peer our canonical tip whenever it changes, also the peer that it came from: the 232 bytes let it know that
 * its block arrived and how far we are. A block is told of only once it was connected here: what a node announces, it
 * vouches for. Writer thread only.
 */
public final class TipAnnouncer {

    /** While catching up, the tip is told at most this often. */
    static final long CATCHING_UP_MILLIS = 2_000;

    private final ChainView chain;
    private final Timers timers;
    private final Map<NodeKey, Told> peers = new LinkedHashMap<>();
    private boolean waiting;

    /** What we told a peer last. */
    private static final class Told {
        private final PeerLink link;
        private BlockHash tip = BlockHash.ZERO;

        Told(PeerLink link) {
            this.link = link;
        }
    }

    public TipAnnouncer(ChainView chain, Timers timers) {
        this.chain = chain;
        this.timers = timers;
    }

    /** Tells a new peer our tip: it may have moved since the handshake. */
    public void connected(PeerLink link) {
        Told told = new Told(link);
        peers.put(link.key(), told);
        announce(told, chain.head());
    }

    public void disconnected(NodeKey key) {
        peers.remove(key);
    }

    /**
     * The head changed.
     *
     * @param catchingUp whether many more changes are to be expected
     */
    public void headChanged(boolean catchingUp) {
        if (!catchingUp) {
            announceToAll();
        } else if (!waiting) {
            waiting = true;
            timers.after(CATCHING_UP_MILLIS, () -> {
                waiting = false;
                announceToAll();
            });
        }
    }

    /** Tells whoever does not know our tip yet, because the last word was held back or did not pass. */
    public void announceToAll() {
        ChainHead head = chain.head();
        for (Told told : peers.values()) {
            announce(told, head);
        }
    }

    private static void announce(Told told, ChainHead head) {
        if (!head.hash().equals(told.tip) && told.link.send(new Message.AnnounceTip(head.header(), head.work()))) {
            told.tip = head.hash();
        }
    }
}
