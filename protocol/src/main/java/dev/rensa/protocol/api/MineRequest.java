package dev.rensa.protocol.api;

import org.jspecify.annotations.Nullable;

/**
 * What to mine.
 *
 * @param miner address that receives subsidy and fees; the node's own when left out
 * @param blocks 1 to 1,000; 1 when left out
 */
public record MineRequest(@Nullable String miner, @Nullable Integer blocks) {}
