package dev.rensa.explorer.store;

import dev.rensa.protocol.block.Block;

/**
 * Where a transaction stands on the chain, as one number that rises along it: the height, and in the lower 18 bits the
 * position in the block.
 */
final class Place {

    /** 2^18 − 1 is above every position, see {@link Block#MAX_TRANSACTIONS}, and leaves 45 bits for heights. */
    static final int POSITION_BITS = 18;

    private static final long POSITION_MASK = (1L << POSITION_BITS) - 1;

    private Place() {}

    static long of(long height, int position) {
        if (position > POSITION_MASK || height > Long.MAX_VALUE >> POSITION_BITS) {
            throw new IllegalArgumentException("no place for height " + height + ", position " + position);
        }
        return height << POSITION_BITS | position;
    }

    /** Of a block's reward: behind its transactions, where no transaction can be. */
    static long ofReward(long height) {
        return of(height, (int) POSITION_MASK);
    }

    static long height(long place) {
        return place >> POSITION_BITS;
    }

    static int position(long place) {
        return (int) (place & POSITION_MASK);
    }
}
