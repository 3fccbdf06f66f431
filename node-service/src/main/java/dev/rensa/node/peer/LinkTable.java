package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Who is connected: one link a node key, a bounded number in all. It alone tells {@link PeerEvents} of links that come and
 * go, under its lock and in order, so that the writer never sees two links to one key.
 *
 * <p>Safe for use by several threads.
 */
final class LinkTable {

    /** Strangers in the middle of a handshake, from everywhere and from one remote address. */
    static final int MAX_HANDSHAKES = 128;

    static final int MAX_HANDSHAKES_PER_ADDRESS = 32;

    private static final Logger LOG = Logger.getLogger(LinkTable.class);

    private final NodeKey ownKey;
    private final PeerLimits limits;
    private final BanList bans;
    private final LinkRule rule;
    private final PeerEvents events;
    private final Executor writer;

    private final Map<NodeKey, PeerConnection> links = new ConcurrentHashMap<>();
    private final Map<NodeKey, PeerConnection> dials = new HashMap<>();
    private final Map<String, Integer> handshakes = new HashMap<>();
    private int handshakeCount;
    private boolean closed;

    LinkTable(NodeKey ownKey, PeerLimits limits, BanList bans, LinkRule rule, PeerEvents events, Executor writer) {
        this.ownKey = ownKey;
        this.limits = limits;
        this.bans = bans;
        this.rule = rule;
        this.events = events;
        this.writer = writer;
    }

    /** Links that are open, in no order. */
    List<PeerConnection> open() {
        return links.values().stream().filter(link -> !link.isClosing()).toList();
    }

    Collection<PeerConnection> all() {
        return links.values();
    }

    /** Whether there is room for one more handshake that somebody else began. */
    synchronized boolean beginHandshake(String address) {
        int fromThere = handshakes.getOrDefault(address, 0);
        if (closed || handshakeCount >= MAX_HANDSHAKES || fromThere >= MAX_HANDSHAKES_PER_ADDRESS) {
            return false;
        }
        handshakes.put(address, fromThere + 1);
        handshakeCount++;
        return true;
    }

    synchronized void endHandshake(String address) {
        handshakes.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        handshakeCount--;
    }

    /** How many more nodes may be dialled. */
    int freePlaces() {
        List<PeerConnection> open = open();
        int outbound =
                (int) open.stream().filter(link -> link.info().outbound()).count();
        return Math.max(0, Math.min(limits.maxOutbound() - outbound, limits.maxPeers() - open.size()));
    }

    /** Why nobody should be dialled at present. */
    Optional<Rejection> judgeDialing() {
        List<PeerConnection> open = open();
        long outbound = open.stream().filter(link -> link.info().outbound()).count();
        if (outbound >= limits.maxOutbound()) {
            return Optional.of(new Rejection(
                    RejectionReason.TOO_MANY_PEERS,
                    "this node is connected to the " + limits.maxOutbound() + " peers that it dials itself"));
        }
        return open.size() >= limits.maxPeers() ? Optional.of(tooMany()) : Optional.empty();
    }

    /**
     * What the dialer asks before it proves its own key, so that the listener need not judge what is lost anyway. Of several
     * addresses of one node that are dialled at once, the first to get here is followed; it holds the key until
     * {@link #endDial}.
     */
    synchronized Optional<Rejection> judgeProven(NodeKey key, PeerConnection link) {
        if (bans.isBanned(key)) {
            return Optional.of(banned());
        }
        Optional<Rejection> ruledOut = rule.judge(key);
        if (ruledOut.isPresent()) {
            return ruledOut;
        }
        PeerConnection present = links.get(key);
        if ((present != null && !present.isClosing()) || dials.containsKey(key)) {
            return Optional.of(alreadyConnected(key));
        }
        long outbound = open().stream().filter(other -> other.info().outbound()).count()
                + dials.keySet().stream()
                        .filter(dialled -> !links.containsKey(dialled))
                        .count();
        if (outbound >= limits.maxOutbound()) {
            return Optional.of(enough());
        }
        dials.put(key, link);
        return Optional.empty();
    }

    /** The dial that may hold this key has ended, one way or the other. */
    synchronized void endDial(NodeKey key, PeerConnection link) {
        dials.remove(key, link);
    }

    /**
     * Makes a proven connection a link, or says why not.
     *
     * @param beforeTold runs if it was admitted, before the writer hears of it: what a listener says first
     */
    synchronized Optional<Rejection> admit(PeerConnection link, Runnable beforeTold) {
        NodeKey key = link.key();
        if (closed) {
            return Optional.of(new Rejection(RejectionReason.SHUTTING_DOWN, "this node is shutting down"));
        }
        if (bans.isBanned(key)) {
            return Optional.of(banned());
        }
        Optional<Rejection> ruledOut = rule.judge(key);
        if (ruledOut.isPresent()) {
            return ruledOut;
        }
        PeerConnection present = links.get(key);
        if (present != null && !present.isClosing() && !replaces(link, present)) {
            return Optional.of(alreadyConnected(key));
        }
        Optional<Rejection> noPlace = present == null ? makePlace(link) : Optional.empty();
        if (noPlace.isPresent()) {
            return noPlace;
        }
        if (present != null) {
            dismiss(present, alreadyConnected(key));
        }
        links.put(key, link);
        beforeTold.run();
        tell(() -> events.connected(link));
        return Optional.empty();
    }

    /** Those who dial this node never get all its places: whom it dials itself it has chosen itself. */
    private Optional<Rejection> makePlace(PeerConnection link) {
        if (link.info().outbound()) {
            return links.size() >= limits.maxPeers() ? Optional.of(tooMany()) : Optional.empty();
        }
        String host = link.info().remoteAddress().host();
        List<PeerConnection> inbound = links.values().stream()
                .filter(other -> !other.info().outbound())
                .toList();
        long fromThere = inbound.stream()
                .filter(other -> other.info().remoteAddress().host().equals(host))
                .count();
        if (fromThere >= limits.maxPerAddress() && !AddressGroups.isLoopback(host)) {
            return Optional.of(new Rejection(
                    RejectionReason.TOO_MANY_PEERS,
                    "the limit of " + limits.maxPerAddress() + " connections from " + host + " is reached"));
        }
        if (links.size() < limits.maxPeers() && inbound.size() < limits.maxInbound()) {
            return Optional.empty();
        }
        Optional<PeerConnection> victim =
                InboundPlaces.givesWay(inbound.stream().map(LinkTable::place).toList(), AddressGroups.of(host));
        victim.ifPresent(other -> {
            links.remove(other.key(), other);
            dismiss(other, tooMany());
        });
        return victim.isPresent() ? Optional.empty() : Optional.of(tooMany());
    }

    private static InboundPlaces.Place<PeerConnection> place(PeerConnection link) {
        return new InboundPlaces.Place<>(
                link,
                AddressGroups.of(link.info().remoteAddress().host()),
                link.ageMillis(),
                link.status().latencyMillis().orElse(Double.POSITIVE_INFINITY));
    }

    private void dismiss(PeerConnection link, Rejection rejection) {
        tellDisconnected(link, rejection);
        link.disconnect(rejection);
    }

    /**
     * Whether a new connection takes the place of one to the same node. Both nodes must come to the same answer. When both
     * dialled at about the same moment, the connection survives whose dialer has the lower key. A node dials no node that it
     * is connected to; so if the present link is older than any handshake can last, the peer has lost it.
     */
    private boolean replaces(PeerConnection link, PeerConnection present) {
        boolean stale = present.ageMillis() > 2L * limits.handshakeTimeoutMillis();
        boolean sameDialer = link.info().outbound() == present.info().outbound();
        boolean dialerIsLower = link.info().outbound() == (ownKey.compareTo(link.key()) < 0);
        return stale || sameDialer || dialerIsLower;
    }

    /** Forgets a link whose connection has ended. */
    synchronized void remove(PeerConnection link, Rejection rejection) {
        if (links.remove(link.key(), link)) {
            tellDisconnected(link, rejection);
        }
    }

    /** From now on nobody is admitted. */
    synchronized void close() {
        closed = true;
    }

    private void tellDisconnected(PeerConnection link, Rejection rejection) {
        tell(() -> {
            link.endDelivery();
            events.disconnected(link, rejection);
        });
    }

    /** Hands a task to the writer; one that has stopped has nobody left to tell. */
    void tell(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the writer has stopped; an event is dropped", e);
        }
    }

    private static Rejection banned() {
        return new Rejection(RejectionReason.BANNED, "the node is banned for a while for what it did before");
    }

    private static Rejection alreadyConnected(NodeKey key) {
        return new Rejection(RejectionReason.ALREADY_CONNECTED, "there is another connection to node " + key);
    }

    private Rejection tooMany() {
        return new Rejection(
                RejectionReason.TOO_MANY_PEERS,
                "the limit of " + limits.maxPeers() + " peers, at most " + limits.maxInbound()
                        + " of them those who dial this node, is reached");
    }

    /** What a dialer says that has enough peers, or only wanted to know who is there. */
    static Rejection enough() {
        return new Rejection(
                RejectionReason.TOO_MANY_PEERS, "the node is there; this one has the peers that it dials itself");
    }
}
