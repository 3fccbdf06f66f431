package dev.rensa.node.gossip;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells every peer our canonical tip whenever it changes: on relay links with the block in compact form, elsewhere, and to
 * those who have the block already, with the header alone. The 197 bytes let a peer know that its block arrived and how far
 * we are. A block is told of only once it was connected here: what a node announces, it vouches for. Writer thread only.
 */
public final class BlockAnnouncer {

    /** While catching up, the tip is told at most this often. */
    static final long CATCHING_UP_MILLIS = 2_000;

    private final ChainView chain;
    private final TransactionRelay relay;
    private final RandomGenerator random;
    private final Timers timers;
    private final BooleanSupplier underWay;
    private final Map<NodeKey, Told> peers = new LinkedHashMap<>();
    private @Nullable CompactForm latest;
    private @Nullable Block lastJoined;
    private int joined;
    private boolean waiting;

    /** What we told a peer last, and what it told us. */
    private static final class Told {
        private final PeerLink link;
        private BlockHash tip = BlockHash.ZERO;
        private BlockHash theirs;

        Told(PeerLink link) {
            this.link = link;
            this.theirs = link.info().tip();
        }
    }

    /**
     * Begins without peers.
     *
     * @param underWay whether the head is between two branches and may have less work than before: nobody is told of it
     */
    public BlockAnnouncer(
            ChainView chain, TransactionRelay relay, RandomGenerator random, Timers timers, BooleanSupplier underWay) {
        this.chain = chain;
        this.relay = relay;
        this.random = random;
        this.timers = timers;
        this.underWay = underWay;
    }

    /** Tells a new peer our tip: it may have moved since the handshake. */
    public void connected(PeerLink link) {
        Told told = new Told(link);
        peers.put(link.key(), told);
        announceTip(told, chain.head());
    }

    public void disconnected(NodeKey key) {
        peers.remove(key);
    }

    /** A peer told of its tip, in whatever form. */
    public void told(NodeKey key, BlockHash tip) {
        Told told = peers.get(key);
        if (told != null) {
            told.theirs = tip;
        }
    }

    /** A block joined the canonical chain; {@link #headChanged} follows. */
    public void joined(Block block) {
        joined++;
        lastJoined = block;
    }

    /**
     * The head changed. Where several blocks joined at once peers lack more than the last of them, and fetch bodies.
     *
     * @param catchingUp whether many more changes are to be expected
     */
    public void headChanged(boolean catchingUp) {
        ChainHead head = chain.head();
        Block block = lastJoined;
        boolean worthwhile = joined == 1 && !catchingUp && !peers.isEmpty();
        latest = worthwhile && block != null && block.hash().equals(head.hash())
                ? new CompactForm(block, head, random.nextLong(), relay)
                : null;
        joined = 0;
        lastJoined = null;
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

    private void announce(Told told, ChainHead head) {
        if (underWay.getAsBoolean()) {
            return;
        }
        CompactForm form = latest;
        RelayPeer relaying = relay.relaying(told.link.key());
        if (form == null
                || relaying == null
                || head.hash().equals(told.tip)
                || head.hash().equals(told.theirs)
                || !form.block().hash().equals(head.hash())) {
            announceTip(told, head);
        } else if (form.sendTo(relaying)) {
            told.tip = head.hash();
        }
    }

    private void announceTip(Told told, ChainHead head) {
        if (!underWay.getAsBoolean()
                && !head.hash().equals(told.tip)
                && told.link.send(new Message.AnnounceTip(head.header(), head.work()))) {
            told.tip = head.hash();
        }
    }
}
