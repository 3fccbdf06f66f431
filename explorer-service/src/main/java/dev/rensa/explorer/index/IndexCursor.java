package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.work.Work;

/**
 * How far the index has come. It is written with the blocks that it speaks of, in one transaction.
 *
 * @param network block 0's hash: an index belongs to one network and to no other
 * @param height of the highest indexed block
 * @param hash of that block
 * @param work cumulative, up to and with that block
 */
public record IndexCursor(BlockHash network, Genesis genesis, long height, BlockHash hash, Work work) {}
