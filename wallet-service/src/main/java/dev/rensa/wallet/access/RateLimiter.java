package dev.rensa.wallet.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Token buckets, one for each client: so many requests a second, and a burst of as many as two seconds bring. Safe for use
 * by several threads.
 */
public final class RateLimiter {

    /** Clients that are remembered. Whoever is forgotten begins with a full bucket, so a client is what is dear to change. */
    static final int MAX_CLIENTS = 10_000;

    private static final double BURST_SECONDS = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;

    /** Least recently used leaves first. Guarded by itself. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    /**
     * Makes a limiter.
     *
     * @param nanoTime a clock that never goes back, in nanoseconds
     */
    public RateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts a request; 0 if it may pass, else the seconds, rounded up, after which one may pass again. */
    public long take(String client, double perSecond) {
        long now = nanoTime.getAsLong();
        double burst = Math.max(1, perSecond * BURST_SECONDS);
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(client, name -> new Bucket(burst, now));
            bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.filledAt) / NANOS_PER_SECOND * perSecond);
            bucket.filledAt = now;
            if (bucket.tokens >= 1) {
                bucket.tokens -= 1;
                return 0;
            }
            return Math.max(1, (long) Math.ceil((1 - bucket.tokens) / perSecond));
        }
    }

    int clients() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private static final class Bucket {
        private double tokens;
        private long filledAt;

        private Bucket(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }
}
