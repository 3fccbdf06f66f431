package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;

/**
 * What the header tree knows of a block.
 *
 * @param work cumulative work up to and with this block
 */
public record BlockEntry(BlockHash hash, BlockHeader header, Work work, BlockState state) {

    public ChainHead asHead() {
        return new ChainHead(hash, header, work);
    }
}
