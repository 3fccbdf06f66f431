package dev.rensa.protocol.api;

import java.util.List;

/**
 * A page of the canonical chain.
 *
 * @param height height of the tip
 * @param tip hash of the tip
 * @param from lowest height of this page
 * @param chain the blocks, ascending
 */
public record ChainPage(long height, String tip, long from, List<BlockView> chain) {}
