package dev.rensa.explorer.index;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;

/**
 * A block of the canonical chain without its transactions.
 *
 * @param work cumulative, up to and with this block
 * @param fees in mon
 * @param size bytes of the whole block
 */
public record IndexedBlock(BlockHash hash, BlockHeader header, Work work, long fees, int size, int transactionCount) {

    public long height() {
        return header.height();
    }
}
