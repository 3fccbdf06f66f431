package dev.rensa.node.discovery;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.crypto.BlockHash;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Beacons that were heard lately, bounded in number and in pace. Safe for use by several threads. */
final class HeardBeacons {

    /** Addresses that are remembered; the one heard longest ago makes room. */
    static final int MAX_ADDRESSES = 256;

    /** Ports at one address: the nodes of one machine. */
    static final int MAX_PORTS_AN_ADDRESS = 16;

    /** Datagrams that are looked at in a second, from everybody together. */
    static final int MAX_A_SECOND = 200;

    private static final long SECOND_MILLIS = 1_000;

    private final InstantSource clock;
    private final BlockHash network;
    private final NodeKey ownKey;
    private final long forgetMillis;
    private final Map<PeerAddress, Long> heard = new LinkedHashMap<>();
    private long secondBegunMillis;
    private int inThisSecond;

    HeardBeacons(InstantSource clock, BlockHash network, NodeKey ownKey, long forgetMillis) {
        this.clock = clock;
        this.network = network;
        this.ownKey = ownKey;
        this.forgetMillis = forgetMillis;
    }

    /** Takes a datagram that came from a literal address. */
    synchronized void received(String host, byte[] datagram) {
        long now = clock.millis();
        if (now - secondBegunMillis >= SECOND_MILLIS || now < secondBegunMillis) {
            secondBegunMillis = now;
            inThisSecond = 0;
        }
        if (++inThisSecond > MAX_A_SECOND) {
            return;
        }
        Beacon.parse(datagram)
                .filter(beacon ->
                        beacon.network().equals(network) && !beacon.nodeKey().equals(ownKey))
                .ifPresent(beacon -> remember(new PeerAddress(host, beacon.port()), now));
    }

    private void remember(PeerAddress address, long now) {
        boolean known = heard.remove(address) != null;
        long there = heard.keySet().stream()
                .filter(other -> other.host().equals(address.host()))
                .count();
        if (known || there < MAX_PORTS_AN_ADDRESS) {
            heard.put(address, now);
        }
        if (heard.size() > MAX_ADDRESSES) {
            heard.remove(heard.keySet().iterator().next());
        }
    }

    synchronized List<PeerAddress> lately() {
        long now = clock.millis();
        heard.values().removeIf(at -> now - at > forgetMillis);
        return List.copyOf(heard.keySet());
    }
}
