package dev.rensa.protocol.api;

/**
 * The miner.
 *
 * @param mode {@code continuous}, {@code on-demand} or {@code manual}
 * @param running whether it searches on its own at the moment
 * @param hashesPerSecond measured over the last seconds
 * @param maxHashesPerSecond the cap
 * @param miner address that receives subsidy and fees
 * @param blocksFound since the node started
 */
public record MiningView(
        String mode,
        boolean running,
        double hashesPerSecond,
        long maxHashesPerSecond,
        String miner,
        long blocksFound) {}
