package dev.rensa.node.chain;

/**
 * The tip of a branch of the header tree.
 *
 * @param forkHeight height of the last block that it shares with the canonical chain
 */
public record BranchTip(BlockEntry tip, boolean canonical, long forkHeight) {}
