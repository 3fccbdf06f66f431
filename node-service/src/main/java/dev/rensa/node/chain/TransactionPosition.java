package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;

/**
 * Where a transaction stands on the canonical chain.
 *
 * @param index position in the block, from 0
 */
public record TransactionPosition(BlockHash block, long height, int index) {}
