package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest blocks of the canonical chain in groups of equal length, oldest first: what charts are drawn from.
 *
 * @param fromHeight lowest of these blocks
 * @param toHeight highest of these blocks
 */
public record SeriesInfo(long fromHeight, long toHeight, List<Point> points) {

    /**
     * A group of blocks that follow each other.
     *
     * @param timeMillis time of its newest block, milliseconds since 1970-01-01 UTC
     * @param meanIntervalMillis mean time from block to block, up from the block below the group; absent where that is not
     *     known
     * @param transactionsPerSecond over that time; absent where it is zero or not known
     * @param hashesPerBlock hashes that one block takes at the newest block's target, on average
     * @param fees sum, in mon
     * @param seenBlocks blocks of all branches at these heights; absent below the recent tree
     * @param abandonedBlocks of those, how many are not on the best chain
     * @param propagationMillis median time from the first watched node to the others; absent where nobody watched
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(
            long fromHeight,
            long toHeight,
            long timeMillis,
            @Nullable Long meanIntervalMillis,
            long transactions,
            @Nullable Double transactionsPerSecond,
            double hashesPerBlock,
            BigInteger fees,
            long bytes,
            @Nullable Integer seenBlocks,
            @Nullable Integer abandonedBlocks,
            @Nullable Long propagationMillis) {}
}
