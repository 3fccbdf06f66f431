package dev.rensa.node.core;

import dev.rensa.node.peer.AddressGroups;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * Tells peers of one another: a new one of others, some others of the new one, and each peer now and then of some others
 * again, because messages get lost and tables forget. Only nodes that are connected here are told of, never what others told:
 * an address travels one step, so that made-up ones do not spread. For the same reason a host that a peer merely claims is not
 * passed on before this node has met the peer there. Writer thread only.
 */
final class PeerExchange {

    /** How often each peer is told again. */
    static final long REPEAT_MILLIS = 300_000;

    /** Addresses that a new peer is told at once: enough to choose from. */
    static final int TOLD_TO_NEW = 64;

    /** Peers that are told of a new one, and addresses that a peer is told again: in a large network word travels in steps. */
    static final int TOLD_AT_ONCE = 8;

    /** Addresses that a peer may tell at once: one full message. */
    static final int HEARD_AT_ONCE = 256;

    /** After how long it may tell one more. Honest nodes tell of one at a time, or of a few every some minutes. */
    static final long HEARD_MILLIS = 1_000;

    private final Map<NodeKey, Neighbour> neighbours = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final Timers timers;
    private final InstantSource clock;
    private final BiPredicate<PeerAddress, NodeKey> proved;

    private static final class Neighbour {
        private final PeerLink link;
        private long left = HEARD_AT_ONCE;
        private long regainedMillis;

        Neighbour(PeerLink link, long nowMillis) {
            this.link = link;
            this.regainedMillis = nowMillis;
        }

        /** How many of so many addresses it may tell now. */
        int take(int addresses, long nowMillis) {
            long regained = Math.max(0, nowMillis - regainedMillis) / HEARD_MILLIS;
            regainedMillis += regained * HEARD_MILLIS;
            left = Math.min(HEARD_AT_ONCE, left + regained);
            int taken = (int) Math.min(left, addresses);
            left -= taken;
            return taken;
        }
    }

    /**
     * Prepares it.
     *
     * @param proved whether this node dialled that address and met the node with that key
     */
    PeerExchange(RandomGenerator random, Timers timers, InstantSource clock, BiPredicate<PeerAddress, NodeKey> proved) {
        this.random = random;
        this.timers = timers;
        this.clock = clock;
        this.proved = proved;
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
        neighbours.put(link.key(), new Neighbour(link, clock.millis()));
    }

    void disconnected(NodeKey key) {
        neighbours.remove(key);
    }

    /** What of a peer's word may be worth dialling, and no more than it can have to tell. */
    List<PeerAddress> heard(PeerLink from, List<PeerAddress> addresses) {
        Neighbour neighbour = neighbours.get(from.key());
        if (neighbour == null) {
            return List.of();
        }
        String teller = from.info().remoteAddress().host();
        return addresses.stream()
                .limit(neighbour.take(addresses.size(), clock.millis()))
                .filter(address -> AddressGroups.mayTell(address, teller))
                .toList();
    }

    /** Another host than the one that its connection comes from, as which a peer wants to be known: worth a dial. */
    Optional<PeerAddress> claimed(PeerLink link) {
        PeerInfo info = link.info();
        return info.listenAddress()
                .filter(address -> !isWhereItSits(info, address))
                .flatMap(address -> heard(link, List.of(address)).stream().findFirst());
    }

    private void repeat() {
        start();
        neighbours.values().forEach(each -> tell(each.link, TOLD_AT_ONCE));
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
        List<PeerLink> all = new ArrayList<>(neighbours.size());
        neighbours.values().forEach(each -> all.add(each.link));
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            Collections.swap(all, i, i + random.nextInt(all.size() - i));
        }
        return all.subList(0, count);
    }

    /** Where others can reach a peer that listens: as it says itself, if that is shown, or else where this node dialled it. */
    private Optional<PeerAddress> addressOf(PeerLink link) {
        PeerInfo info = link.info();
        return info.listenAddress().flatMap(said -> {
            if (proved.test(said, info.key())) {
                return Optional.of(said);
            }
            if (info.outbound()) {
                return Optional.of(info.remoteAddress());
            }
            return isWhereItSits(info, said) ? Optional.of(said) : Optional.empty();
        });
    }

    private static boolean isWhereItSits(PeerInfo info, PeerAddress address) {
        return address.host().equals(info.remoteAddress().host());
    }
}
