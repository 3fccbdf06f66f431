package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;

/**
 * A state on the canonical chain and the canonical header that commits to it.
 *
 * @param header of the block one checkpoint interval above the state's
 */
public record CommittedState(CheckpointState state, BlockHeader header) {}
