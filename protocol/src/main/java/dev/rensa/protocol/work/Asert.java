package dev.rensa.protocol.work;

import java.math.BigInteger;

/**
 * The difficulty rule: aserti3-2d, which Bitcoin Cash runs since 2020, with its integer arithmetic to the bit (its
 * specification: bitcoincash.org, 2020-11-15-asert). A chain that is one half-life behind its schedule gets twice the
 * target, one that is ahead by as much gets half. The answer depends on the anchor and the tip alone, not on the blocks
 * between them, so it cannot oscillate and costs the same at every height.
 */
public final class Asert {

    /** Fixed-point numbers have this many bits behind the point. */
    private static final int RADIX_BITS = 16;

    private static final long RADIX = 1L << RADIX_BITS;

    /** Beyond so many doublings or halvings every target of 256 bits has met its limit. */
    private static final long MAX_DOUBLINGS = 512;

    private Asert() {}

    /**
     * The target of the block that follows the tip.
     *
     * <p>All times are milliseconds here; as only their ratios count, any other unit serves as well if it is used
     * throughout, and the published test vectors are in seconds. No argument can make the arithmetic overflow.
     *
     * @param anchorTarget the target of the block from which the schedule counts
     * @param anchorParentTimestampMillis when that block's parent was made; for a genesis block, which has none, the time
     *     of the genesis less one spacing
     * @param anchorHeight that block's height
     * @param tipTimestampMillis when the newest block was made; it may be earlier than the anchor
     * @param tipHeight the newest block's height, not below the anchor's
     * @param spacingMillis how far apart blocks should be, above zero
     * @param halfLifeMillis how far behind schedule the chain must be for twice the target, above zero
     * @param easiest no result is above this target
     * @throws IllegalArgumentException if the tip is below the anchor, or spacing or half-life is not above zero
     */
    public static CompactTarget nextTarget(
            CompactTarget anchorTarget,
            long anchorParentTimestampMillis,
            long anchorHeight,
            long tipTimestampMillis,
            long tipHeight,
            long spacingMillis,
            long halfLifeMillis,
            CompactTarget easiest) {
        if (tipHeight < anchorHeight || spacingMillis <= 0 || halfLifeMillis <= 0) {
            throw new IllegalArgumentException("tip height %d, anchor height %d, spacing %d ms, half-life %d ms"
                    .formatted(tipHeight, anchorHeight, spacingMillis, halfLifeMillis));
        }
        BigInteger blocks = difference(tipHeight, anchorHeight).add(BigInteger.ONE);
        BigInteger behindSchedule = difference(tipTimestampMillis, anchorParentTimestampMillis)
                .subtract(BigInteger.valueOf(spacingMillis).multiply(blocks));
        // The specification divides as C++ does, towards zero; so does BigInteger.
        BigInteger exponent = behindSchedule.shiftLeft(RADIX_BITS).divide(BigInteger.valueOf(halfLifeMillis));
        return limit(scale(anchorTarget.target(), clamp(exponent)), easiest);
    }

    /** Multiplies by 2 to the power of {@code exponent / 65536}. */
    private static BigInteger scale(BigInteger target, long exponent) {
        // Floor and remainder: the shift rounds towards minus infinity, so the fraction is never negative.
        int doublings = (int) (exponent >> RADIX_BITS);
        long fraction = exponent & (RADIX - 1);
        return target.multiply(BigInteger.valueOf(powerOfTwo(fraction))).shiftLeft(doublings - RADIX_BITS);
    }

    /**
     * 65536 · 2^(fraction / 65536), by the specification's cubic polynomial, which is right to 0.013 %. The sum needs all 64
     * bits, so it is shifted without sign.
     */
    private static long powerOfTwo(long fraction) {
        long sum = 195_766_423_245_049L * fraction
                + 971_821_376L * fraction * fraction
                + 5_127L * fraction * fraction * fraction
                + (1L << 47);
        return RADIX + (sum >>> 48);
    }

    private static CompactTarget limit(BigInteger target, CompactTarget easiest) {
        if (target.signum() == 0) {
            return CompactTarget.fromTarget(BigInteger.ONE);
        }
        return target.compareTo(easiest.target()) > 0 ? easiest : CompactTarget.fromTarget(target);
    }

    private static long clamp(BigInteger exponent) {
        BigInteger limit = BigInteger.valueOf(MAX_DOUBLINGS << RADIX_BITS);
        return exponent.min(limit).max(limit.negate()).longValue();
    }

    private static BigInteger difference(long minuend, long subtrahend) {
        return BigInteger.valueOf(minuend).subtract(BigInteger.valueOf(subtrahend));
    }
}
