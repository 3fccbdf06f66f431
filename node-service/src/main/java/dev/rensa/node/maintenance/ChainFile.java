package dev.rensa.node.maintenance;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A chain as one file (docs/operations.md):
 *
 * <pre>
 * 8 "RNSCHAIN" | u16 version | 32 network | u64 last height | 32 last block's hash
 * | for each height from 1: u32 length, block | 32 SHA-256 of everything before
 * </pre>
 */
final class ChainFile {
    static final byte[] MAGIC = "RNSCHAIN".getBytes(StandardCharsets.US_ASCII);

    static final int VERSION = 1;

    static final int HEAD_BYTES = MAGIC.length + 2 + 32 + Long.BYTES + 32;

    static final int CHECKSUM_BYTES = 32;

    /** A header and an empty body. */
    static final int MIN_BLOCK_BYTES = BlockHeader.BYTES + Integer.BYTES;

    /** A header and the largest body that any network may allow. */
    static final int MAX_BLOCK_BYTES = MIN_BLOCK_BYTES + Block.MAX_TRANSACTION_BYTES;

    private ChainFile() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
