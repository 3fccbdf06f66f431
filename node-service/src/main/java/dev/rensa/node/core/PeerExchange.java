package dev.rensa.node.core;

import dev.rensa.node.peer.AddressGroups;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tells peers of one another: a new one of others, some others of the new one, and each peer now and then of some others
 * again, because messages get lost and tables forget. Only nodes that are connected here are told of, never what others told:
 * an address travels one step, so that made-up ones do not spread. Writer thread only.
 */
final class PeerExchange {

    /** How often each peer is told again. */
    static final long REPEAT_MILLIS = 300_000;

    /** Addresses that a new peer is told at once: enough to choose from. */
    static final int TOLD_TO_NEW = 64;

    /** Peers that are told of a new one, and addresses that a peer is told again: in a large network word travels in steps. */
    static final int TOLD_AT_ONCE = 8;

    private final Map<NodeKey, PeerLink> links = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final Timers timers;

    PeerExchange(RandomGenerator random, Timers timers) {
        this.random = random;
        this.timers = timers;
    }

    /** Starts telling again and again. Call it once. */
    void start() {
        timers.after(REPEAT_MILLIS / 2 + random.nextLong(REPEAT_MILLIS), this::repeat);
    }

    void connected(PeerLink link) {
        tell(link, TOLD_TO_NEW);
        addressOf(link)
                .ifPresent(address -> sample(TOLD_AT_ONCE).forEach(other -> {
                    if (AddressGroups.mayTell(
                            address, other.info().remoteAddress().host())) {
                        other.send(new Message.Peers(List.of(address)));
                    }
                }));
        links.put(link.key(), link);
    }

    void disconnected(NodeKey key) {
        links.remove(key);
    }

    /** What of a peer's word may be worth dialling. */
    static List<PeerAddress> heard(PeerLink from, List<PeerAddress> addresses) {
        String teller = from.info().remoteAddress().host();
        return addresses.stream()
                .filter(address -> AddressGroups.mayTell(address, teller))
                .toList();
    }

    private void repeat() {
        start();
        links.values().forEach(link -> tell(link, TOLD_AT_ONCE));
    }

    private void tell(PeerLink link, int most) {
        List<PeerAddress> others = sample(most + 1).stream()
                .filter(other -> !other.key().equals(link.key()))
                .flatMap(other -> addressOf(other).stream())
                .filter(address -> AddressGroups.mayTell(
                        address, link.info().remoteAddress().host()))
                .limit(most)
                .toList();
        if (!others.isEmpty()) {
            link.send(new Message.Peers(others));
        }
    }

    /** Some links, chosen by chance. */
    private List<PeerLink> sample(int most) {
        List<PeerLink> all = new ArrayList<>(links.values());
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            Collections.swap(all, i, i + random.nextInt(all.size() - i));
        }
        return all.subList(0, count);
    }

    private static Optional<PeerAddress> addressOf(PeerLink link) {
        return link.info().listenAddress();
    }
}
