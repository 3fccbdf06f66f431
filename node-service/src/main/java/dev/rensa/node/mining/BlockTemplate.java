package dev.rensa.node.mining;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;

/**
 * A block that lacks work alone.
 *
 * @param block with nonce 0
 * @param full whether not even the smallest transaction fits in any more
 */
public record BlockTemplate(Block block, boolean full) {

    public BlockHeader header() {
        return block.header();
    }

    public List<Transaction> transactions() {
        return block.transactions();
    }

    /** The block with a nonce that was found. */
    public Block withNonce(long nonce) {
        return block.withHeader(header().withNonce(nonce));
    }
}
