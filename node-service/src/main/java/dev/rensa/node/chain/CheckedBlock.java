package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;

/**
 * A block whose body matches its header and keeps every rule that needs no account. Only {@link Chain#prepare} makes one;
 * what is left to check are its signatures, and what the ledger says.
 */
public final class CheckedBlock {
    private final Block block;
    private final byte[] body;

    CheckedBlock(Block block, byte[] body) {
        this.block = block;
        this.body = body;
    }

    public Block block() {
        return block;
    }

    /** The body as it is stored. */
    byte[] body() {
        return body;
    }
}
