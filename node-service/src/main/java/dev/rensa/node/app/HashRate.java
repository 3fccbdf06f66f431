package dev.rensa.node.app;

/** Counts hashes and how many there were a second lately. The miner counts; any thread may read. */
final class HashRate {

    private static final long WINDOW_NANOS = 2_000_000_000L;

    private long windowBeganNanos;
    private long windowHashes;
    private long total;
    private double perSecond;

    /** Starts at a time as {@link System#nanoTime} counts it. */
    HashRate(long nowNanos) {
        this.windowBeganNanos = nowNanos;
    }

    synchronized void count(long hashes, long nowNanos) {
        windowHashes += hashes;
        total += hashes;
        long elapsed = nowNanos - windowBeganNanos;
        if (elapsed >= WINDOW_NANOS) {
            perSecond = windowHashes * 1e9 / elapsed;
            windowBeganNanos = nowNanos;
            windowHashes = 0;
        }
    }

    synchronized void pause(long nowNanos) {
        perSecond = 0;
        windowHashes = 0;
        windowBeganNanos = nowNanos;
    }

    synchronized long total() {
        return total;
    }

    synchronized double perSecond() {
        return perSecond;
    }
}
