package dev.rensa.node.peer;

/**
 * A link's points of misbehaviour. They fade, one every ten seconds, so that rare slips over weeks do not add up to a ban.
 * Safe for use by several threads.
 */
final class MisbehaviourScore {

    /** At this many the peer is banned. */
    static final int LIMIT = 100;

    private static final long FADE_NANOS = 10_000_000_000L;

    private int points;
    private long fadedUntilNanos = System.nanoTime();

    /**
     * Adds points, 1 to 100.
     *
     * @return whether the limit is reached
     */
    synchronized boolean add(int morePoints) {
        if (morePoints < 1 || morePoints > LIMIT) {
            throw new IllegalArgumentException("a penalty is 1 to " + LIMIT + " points, got " + morePoints);
        }
        fade();
        points = Math.min(LIMIT, points + morePoints);
        return points >= LIMIT;
    }

    synchronized int points() {
        fade();
        return points;
    }

    private void fade() {
        long steps = (System.nanoTime() - fadedUntilNanos) / FADE_NANOS;
        points = (int) Math.max(0, points - steps);
        fadedUntilNanos += steps * FADE_NANOS;
    }
}
