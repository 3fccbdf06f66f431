package dev.rensa.node.mining;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;

/**
 * A block that lacks work alone.
 *
 * @param header with nonce 0
 */
public record BlockTemplate(BlockHeader header, List<Transaction> transactions) {

    /** The block with a nonce that was found. */
    public Block withNonce(long nonce) {
        return new Block(header.withNonce(nonce), transactions);
    }
}
