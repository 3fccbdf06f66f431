package dev.rensa.node.mining;

/**
 * A cap on hashes a second, as arithmetic over times that are given. What was not used within {@link #MAX_SAVED_NANOS} is
 * lost: a miner that stood still must not make up for it in a burst.
 *
 * <p>Not thread-safe: the miner owns it.
 */
public final class HashBudget {

    /** Longest time whose hashes can be spent at once: a fifth of a second. */
    public static final long MAX_SAVED_NANOS = 200_000_000L;

    /** Highest cap; the hashes of {@link #MAX_SAVED_NANOS} at this rate, counted in nanoseconds, just fit into a long. */
    public static final long MAX_HASHES_PER_SECOND = 40_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long hashesPerSecond;
    private long paidUntilNanos;

    /**
     * Starts with nothing saved.
     *
     * @param hashesPerSecond the cap, 1 to 40 · 10⁹
     * @param nowNanos a time as {@link System#nanoTime} counts it
     */
    public HashBudget(long hashesPerSecond, long nowNanos) {
        if (hashesPerSecond < 1 || hashesPerSecond > MAX_HASHES_PER_SECOND) {
            throw new IllegalArgumentException(
                    "a hash cap lies between 1 and " + MAX_HASHES_PER_SECOND + " a second, not " + hashesPerSecond);
        }
        this.hashesPerSecond = hashesPerSecond;
        this.paidUntilNanos = nowNanos;
    }

    /** How many hashes may be made at this time without passing the cap. */
    public long available(long nowNanos) {
        paidUntilNanos = Math.max(paidUntilNanos, nowNanos - MAX_SAVED_NANOS);
        long savedNanos = nowNanos - paidUntilNanos;
        return savedNanos <= 0 ? 0 : Math.multiplyExact(savedNanos, hashesPerSecond) / NANOS_PER_SECOND;
    }

    /** Counts hashes that were made. */
    public void spend(long hashes) {
        paidUntilNanos += Math.multiplyExact(hashes, NANOS_PER_SECOND) / hashesPerSecond;
    }

    /** How long to wait until this many hashes are available, in nanoseconds; 0 if they are. */
    public long nanosUntil(long hashes, long nowNanos) {
        long wanted = Math.ceilDiv(Math.multiplyExact(hashes, NANOS_PER_SECOND), hashesPerSecond);
        return Math.max(0, paidUntilNanos + wanted - nowNanos);
    }
}
