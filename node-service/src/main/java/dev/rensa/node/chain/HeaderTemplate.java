package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.work.CompactTarget;

/**
 * What the rules ask of the next block's header, whatever its transactions are.
 *
 * @param height one above the head's
 * @param parent the head
 * @param timestampMillis a time that the rules accept, as close to the clock's as they allow
 * @param stateRoot zero except at a checkpoint
 */
public record HeaderTemplate(
        long height, BlockHash parent, CompactTarget target, long timestampMillis, Hash stateRoot) {}
