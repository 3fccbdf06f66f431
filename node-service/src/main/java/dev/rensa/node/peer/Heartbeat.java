package dev.rensa.node.peer;

import java.util.Optional;

/**
 * Pings of one connection: when to send one, which to answer, what the last round trip took, and whether the peer still
 * lives. Belongs to the connection's event loop; only the latency may be read elsewhere.
 */
final class Heartbeat {

    /** At most one ping in this time is answered, so that a flood of pings does not become a flood of pongs. */
    private static final long MIN_ANSWER_NANOS = 100_000_000;

    /** Who is in the way of others is noticed about this soon. */
    private static final int MAX_CHECK_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long intervalNanos;
    private final long silenceNanos;
    private long lastHeardNanos;
    private long lastSentNanos;
    private long lastAnsweredNanos;
    private long token;
    private volatile double latencyMillis = -1;

    Heartbeat(PeerLimits limits) {
        long now = System.nanoTime();
        this.intervalNanos = limits.pingIntervalMillis() * NANOS_PER_MILLI;
        this.silenceNanos = limits.silenceMillis() * NANOS_PER_MILLI;
        this.lastHeardNanos = now;
        this.lastSentNanos = now - intervalNanos;
        this.lastAnsweredNanos = now - MIN_ANSWER_NANOS;
    }

    /** How often to ask the questions below: a few times in an interval. */
    static long checkMillis(PeerLimits limits) {
        return Math.clamp(limits.pingIntervalMillis() / 3, 1, MAX_CHECK_MILLIS);
    }

    /** Bytes came in, or none could because reading was paused. */
    void heard() {
        lastHeardNanos = System.nanoTime();
    }

    /** The ping to send now, if one is due. */
    Optional<Message.Ping> due() {
        long now = System.nanoTime();
        if (now - lastSentNanos < intervalNanos) {
            return Optional.empty();
        }
        lastSentNanos = now;
        token++;
        return Optional.of(new Message.Ping(token));
    }

    /** The answer to a ping, unless they come too fast. */
    Optional<Message.Pong> answer(Message.Ping ping) {
        long now = System.nanoTime();
        if (now - lastAnsweredNanos < MIN_ANSWER_NANOS) {
            return Optional.empty();
        }
        lastAnsweredNanos = now;
        return Optional.of(new Message.Pong(ping.token()));
    }

    void answered(Message.Pong pong) {
        if (pong.token() == token) {
            latencyMillis = (System.nanoTime() - lastSentNanos) / (double) NANOS_PER_MILLI;
        }
    }

    /** Whether the peer has been silent for too long. */
    boolean isSilent() {
        return System.nanoTime() - lastHeardNanos > silenceNanos;
    }

    /** Whether a queue that stands still for so long means a peer that takes nothing any more. */
    boolean isStalled(long stalledNanos) {
        return stalledNanos > silenceNanos;
    }

    /** Milliseconds of the last round trip, negative before the first. */
    double latencyMillis() {
        return latencyMillis;
    }
}
