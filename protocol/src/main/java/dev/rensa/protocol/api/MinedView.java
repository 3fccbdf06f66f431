package dev.rensa.protocol.api;

import java.util.List;

/**
 * What was mined.
 *
 * @param blocks in the order of their heights
 */
public record MinedView(List<MinedBlockView> blocks) {

    /** One mined block. */
    public record MinedBlockView(long height, String hash, int transactionCount) {}
}
