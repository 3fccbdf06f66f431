package dev.rensa.node.peer;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is refused for a while: node keys that proved themselves and misbehaved. A key that was merely claimed is never banned,
 * else anybody could have another node banned. Remote addresses that keep sending bad handshakes are let in now and then
 * only, since others may share them; a loopback address, which every process of this machine shares, always.
 *
 * <p>Safe for use by several threads.
 */
final class BanList {

    /** Entries of each kind; the oldest makes room. */
    static final int MAX_ENTRIES = 4_096;

    /** One bad handshake may be a stray client that mistook the port. */
    static final int BAD_HANDSHAKES_UNTIL_SLOWED = 5;

    /** How often an address is let in that was slowed. */
    static final long SLOWED_MILLIS = 10_000;

    private final InstantSource clock;
    private final long banMillis;
    private final Map<NodeKey, Long> keysUntilMillis = bounded();
    private final Map<NodeKey, MisbehaviourScore> scores = bounded();
    private final Map<String, Strikes> addresses = bounded();

    private record Strikes(int count, long untilMillis, long nextMillis) {}

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

    /** The score of a key that was proved: it outlives connections, or coming back would wipe it clean. */
    synchronized MisbehaviourScore scoreOf(NodeKey key) {
        return scores.computeIfAbsent(key, _ -> new MisbehaviourScore());
    }

    /** Notes a handshake that broke a rule; {@link #BAD_HANDSHAKES_UNTIL_SLOWED} within the time of a ban slow the address. */
    synchronized void badHandshake(String address) {
        if (InetAddress.ofLiteral(address).isLoopbackAddress()) {
            return;
        }
        long now = clock.millis();
        Strikes before = addresses.get(address);
        int count = before == null || now >= before.untilMillis ? 1 : before.count + 1;
        addresses.put(address, new Strikes(count, now + banMillis, now + SLOWED_MILLIS));
    }

    /** Whether somebody may come from there now; the next one after this, if the address is slowed, only later. */
    synchronized boolean mayCome(String address) {
        Strikes strikes = addresses.get(address);
        long now = clock.millis();
        if (strikes == null || strikes.count < BAD_HANDSHAKES_UNTIL_SLOWED || now >= strikes.untilMillis) {
            return true;
        }
        if (now < strikes.nextMillis) {
            return false;
        }
        addresses.put(address, new Strikes(strikes.count, strikes.untilMillis, now + SLOWED_MILLIS));
        return true;
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
