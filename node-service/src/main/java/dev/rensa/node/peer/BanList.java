package dev.rensa.node.peer;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is refused for a while: node keys that proved themselves and misbehaved, and remote addresses that keep sending bad
 * handshakes. A key that was merely claimed is never banned, else anybody could have another node banned; nor is a
 * loopback address, which every process of this machine shares.
 *
 * <p>Safe for use by several threads.
 */
final class BanList {

    /** Entries of each kind; the oldest makes room. */
    static final int MAX_ENTRIES = 4_096;

    /** One bad handshake may be a stray client that mistook the port. */
    static final int BAD_HANDSHAKES_UNTIL_BAN = 5;

    private final InstantSource clock;
    private final long banMillis;
    private final Map<NodeKey, Long> keysUntilMillis = bounded();
    private final Map<String, Strikes> addresses = bounded();

    private record Strikes(int count, long untilMillis) {}

    BanList(InstantSource clock, long banMillis) {
        this.clock = clock;
        this.banMillis = banMillis;
    }

    synchronized void ban(NodeKey key) {
        keysUntilMillis.put(key, clock.millis() + banMillis);
    }

    synchronized boolean isBanned(NodeKey key) {
        Long until = keysUntilMillis.get(key);
        return until != null && clock.millis() < until;
    }

    /** Notes a handshake that broke a rule; {@link #BAD_HANDSHAKES_UNTIL_BAN} within the time of a ban lead to one. */
    synchronized void badHandshake(String address) {
        if (InetAddress.ofLiteral(address).isLoopbackAddress()) {
            return;
        }
        long now = clock.millis();
        Strikes before = addresses.get(address);
        int count = before == null || now >= before.untilMillis ? 1 : before.count + 1;
        addresses.put(address, new Strikes(count, now + banMillis));
    }

    synchronized boolean isBanned(String address) {
        Strikes strikes = addresses.get(address);
        return strikes != null && strikes.count >= BAD_HANDSHAKES_UNTIL_BAN && clock.millis() < strikes.untilMillis;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }
}
