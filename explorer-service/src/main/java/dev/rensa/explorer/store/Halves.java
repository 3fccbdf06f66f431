package dev.rensa.explorer.store;

import java.math.BigInteger;

/** Sums that may outgrow 64 bits, kept in two columns: high times 2^32 plus low, neither of them carried into the other. */
final class Halves {

    private static final int BITS = 32;
    private static final long LOW_MASK = (1L << BITS) - 1;

    private Halves() {}

    static long high(long amount) {
        return amount >> BITS;
    }

    static long low(long amount) {
        return amount & LOW_MASK;
    }

    static BigInteger join(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(BITS).add(BigInteger.valueOf(low));
    }
}
