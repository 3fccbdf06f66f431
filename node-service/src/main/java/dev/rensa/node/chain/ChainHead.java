package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;

/**
 * The end of a chain of headers.
 *
 * @param work cumulative work up to and with this block
 */
public record ChainHead(BlockHash hash, BlockHeader header, Work work) {

    public long height() {
        return header.height();
    }
}
