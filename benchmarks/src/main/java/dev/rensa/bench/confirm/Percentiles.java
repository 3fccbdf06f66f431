package dev.rensa.bench.confirm;

/** Times in milliseconds, counted in steps of one. */
final class Percentiles {

    /** Two minutes; what takes longer is counted there. */
    private static final int MAX_MILLIS = 120_000;

    private final long[] counts = new long[MAX_MILLIS + 1];
    private long total;

    void add(long millis, long count) {
        counts[Math.clamp(millis, 0, MAX_MILLIS)] += count;
        total += count;
    }

    /** The time within which this share of all lies; 0 when there is none. */
    long at(double share) {
        long wanted = Math.round(share * total);
        long passed = 0;
        for (int millis = 0; millis <= MAX_MILLIS; millis++) {
            passed += counts[millis];
            if (passed >= wanted) {
                return millis;
            }
        }
        return MAX_MILLIS;
    }
}
