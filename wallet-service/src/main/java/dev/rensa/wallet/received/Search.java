package dev.rensa.wallet.received;

import org.jspecify.annotations.Nullable;

/**
 * How far older blocks were looked through for what they paid to accounts that the wallet came to know later.
 *
 * @param request tells it from one that was asked for anew
 * @param nextHeight the block that is looked at next
 * @param endHeight the last one; null until the search begins
 */
public record Search(
        long request, long nextHeight, @Nullable Long endHeight) {

    /** The first block that can pay anything. */
    public static final long FIRST_HEIGHT = 1;

    /** Whether all blocks were looked at. */
    public boolean isOver() {
        return endHeight != null && nextHeight > endHeight;
    }
}
