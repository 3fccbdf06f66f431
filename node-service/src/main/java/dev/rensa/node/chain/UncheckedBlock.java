package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;

/** A header of the tree and the bytes that are said to be its body. */
public final class UncheckedBlock {
    private final BlockHash hash;
    private final BlockHeader header;
    private final byte[] body;

    /** Takes the array without copying it; nobody may change it any more. */
    public UncheckedBlock(BlockEntry entry, byte[] body) {
        this.hash = entry.hash();
        this.header = entry.header();
        this.body = body;
    }

    public BlockHash hash() {
        return hash;
    }

    /** Length of the body in bytes. */
    public int size() {
        return body.length;
    }

    BlockHeader header() {
        return header;
    }

    byte[] body() {
        return body;
    }
}
