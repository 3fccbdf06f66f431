package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Figures over the newest blocks of the canonical chain.
 *
 * @param fromHeight lowest of these blocks
 * @param toHeight highest of these blocks
 * @param blocks how many
 * @param meanIntervalMillis mean time from block to block, by the blocks' own times, block 0 apart; absent below two blocks
 * @param transactions in these blocks
 * @param transactionsPerSecond over the time that they span; absent with one block
 * @param fees sum, in mon
 * @param bytes of all these blocks
 * @param targetBits the newest block's compact target, eight hexadecimal digits
 * @param treeBlocks blocks of all branches in the recent tree
 * @param abandonedBlocks of those, how many are on no node's best chain
 * @param propagation how long blocks take from the first node to the others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatsInfo(
        long fromHeight,
        long toHeight,
        int blocks,
        @Nullable Long meanIntervalMillis,
        long transactions,
        @Nullable Double transactionsPerSecond,
        BigInteger fees,
        long bytes,
        String targetBits,
        int treeBlocks,
        int abandonedBlocks,
        @Nullable PropagationInfo propagation) {

    /**
     * Times from the first watched node that had a block to each other one, over the recent tree.
     *
     * @param samples how many
     */
    public record PropagationInfo(int samples, long p50Millis, long p90Millis, long p99Millis) {}

    /**
     * A miner.
     *
     * @param blocks how many of the blocks looked at
     * @param share of them, 0 to 1
     * @param rewards subsidies and fees, in mon
     */
    public record MinerInfo(
            String address, @Nullable String label, long blocks, double share, BigInteger rewards, long lastHeight) {}
}
