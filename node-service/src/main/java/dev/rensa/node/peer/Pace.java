package dev.rensa.node.peer;

/**
 * Whether a peer takes what waits for it fast enough while others wait to be answered. Taking a little now and then is not
 * enough: all memory for answers may lie in a few queues that hardly move. Belongs to the connection's event loop.
 */
final class Pace {

    /** A queue up to this length is in nobody's way: those of all peers together are a small part of the budget. */
    static final long LOW_BYTES = 256 << 10;

    /** What a peer should take of a longer queue while others wait: the pace at which a long message must come. */
    static final int MIN_BYTES_PER_SECOND = Inflow.MIN_BYTES_PER_SECOND;

    private static final double NANOS_PER_SECOND = 1e9;

    /** What may be owed at that pace before the peer is let go. */
    private final double mostCredit;

    private double credit;
    private long lastNanos;
    private long lastSentBytes;

    /**
     * Begins with all credit.
     *
     * @param graceNanos how long a peer may take nothing at all while others wait
     */
    Pace(long graceNanos, long nowNanos) {
        this.mostCredit = graceNanos / NANOS_PER_SECOND * MIN_BYTES_PER_SECOND;
        this.credit = mostCredit;
        this.lastNanos = nowNanos;
    }

    /**
     * To be asked again and again. Time counts against a peer only where others wait at both ends of it, more or less: what
     * is seen now is taken to hold since the last call.
     *
     * @param crowded whether others wait to be answered because of what is not taken
     * @param sentBytes what the peer took so far
     * @param queuedBytes what waits for it
     */
    boolean isTooSlow(long nowNanos, boolean crowded, long sentBytes, long queuedBytes) {
        double owed = crowded ? (nowNanos - lastNanos) / NANOS_PER_SECOND * MIN_BYTES_PER_SECOND : 0;
        long taken = sentBytes - lastSentBytes;
        lastNanos = nowNanos;
        lastSentBytes = sentBytes;
        credit = queuedBytes <= LOW_BYTES ? mostCredit : Math.clamp(credit + taken - owed, 0, mostCredit);
        return crowded && credit == 0;
    }
}
