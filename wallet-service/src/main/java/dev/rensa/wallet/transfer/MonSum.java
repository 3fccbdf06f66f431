package dev.rensa.wallet.transfer;

/**
 * A sum of amounts that may be more than 2⁶³ − 1 mon: transfers together may ask for more than there is. Held in two halves,
 * so that what was added can be taken away again exactly. For one thread.
 */
final class MonSum {

    private static final int HALF_BITS = 32;
    private static final long LOW_HALF = 0xffff_ffffL;

    /** Sums of the upper and the lower halves: of {@link Funds#MAX_OPEN} amounts neither comes near 2⁶³. */
    private long high;

    private long low;

    /** Adds mon, zero or more. */
    void add(long mon) {
        high += mon >>> HALF_BITS;
        low += mon & LOW_HALF;
    }

    /** Takes away what was added before. */
    void subtract(long mon) {
        high -= mon >>> HALF_BITS;
        low -= mon & LOW_HALF;
    }

    void addAll(MonSum other) {
        high += other.high;
        low += other.low;
    }

    /** The sum in mon, or 2⁶³ − 1 where it is more. */
    long mon() {
        long carried = high + (low >> HALF_BITS);
        return carried > Long.MAX_VALUE >> HALF_BITS ? Long.MAX_VALUE : (carried << HALF_BITS) + (low & LOW_HALF);
    }
}
