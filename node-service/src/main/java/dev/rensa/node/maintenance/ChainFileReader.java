package dev.rensa.node.maintenance;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chain file from its beginning to its end. Memory is taken as bytes arrive, never on the strength of a declared
 * length. Every method throws a {@link MaintenanceException} that says what is wrong with the file.
 */
final class ChainFileReader {
    private final InputStream in;
    private final MessageDigest digest = ChainFile.digest();
    private final BlockHash network;
    private final long lastHeight;
    private final BlockHash lastHash;
    private long height;

    /** A block as it stands in the file; its header is decoded, its body is not. */
    static final class RawBlock {
        private final BlockHeader header;
        private final BlockHash hash;
        private final byte[] bytes;

        private RawBlock(BlockHeader header, BlockHash hash, byte[] bytes) {
            this.header = header;
            this.hash = hash;
            this.bytes = bytes;
        }

        BlockHeader header() {
            return header;
        }

        BlockHash hash() {
            return hash;
        }

        /** The whole block; not to be modified. */
        byte[] bytes() {
            return bytes;
        }
    }

    ChainFileReader(InputStream in) {
        this.in = in;
        byte[] head = read(ChainFile.HEAD_BYTES, "its head");
        if (!Arrays.equals(head, 0, ChainFile.MAGIC.length, ChainFile.MAGIC, 0, ChainFile.MAGIC.length)) {
            throw new MaintenanceException("The file is not an exported chain.");
        }
        ByteReader reader = new ByteReader(head, ChainFile.MAGIC.length, ChainFile.HEAD_BYTES - ChainFile.MAGIC.length);
        int version = reader.readU16();
        if (version != ChainFile.VERSION) {
            throw new MaintenanceException(
                    "The file has version " + version + " of the format; this node knows version " + ChainFile.VERSION
                            + ". Import it with the version of the node that exported it.");
        }
        this.network = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        this.lastHeight = reader.readLong();
        this.lastHash = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        if (lastHeight < 0) {
            throw new MaintenanceException("The file is damaged: it names a height beyond all heights.");
        }
    }

    BlockHash network() {
        return network;
    }

    long lastHeight() {
        return lastHeight;
    }

    BlockHash lastHash() {
        return lastHash;
    }

    /** The next block; null behind the last one, once the checksum over everything has been found right. */
    @Nullable
    RawBlock next() {
        if (height == lastHeight) {
            checkEnd();
            return null;
        }
        height++;
        String name = "block " + height + " of " + lastHeight;
        int length = new ByteReader(read(Integer.BYTES, name)).readInt();
        if (length < ChainFile.MIN_BLOCK_BYTES || length > ChainFile.MAX_BLOCK_BYTES) {
            throw new MaintenanceException("The file is damaged: " + name + " is said to have "
                    + Integer.toUnsignedString(length) + " bytes. What stands before it is taken.");
        }
        byte[] bytes = read(length, name);
        BlockHeader header;
        try {
            header = BlockHeader.read(new ByteReader(bytes, 0, BlockHeader.BYTES));
        } catch (MalformedException e) {
            throw new MaintenanceException("The file is damaged: " + name + " has no valid header ("
                    + e.rejection().detail() + "). What stands before it is taken.");
        }
        BlockHash hash = header.hash();
        if (header.height() != height || (height == lastHeight && !hash.equals(lastHash))) {
            throw new MaintenanceException("The file is damaged: where " + name + " belongs stands block "
                    + header.height() + " (" + hash + "). What stands before it is taken.");
        }
        return new RawBlock(header, hash, bytes);
    }

    private void checkEnd() {
        byte[] computed = digest.digest();
        byte[] stored = read(ChainFile.CHECKSUM_BYTES, "its checksum");
        if (!Arrays.equals(computed, stored)) {
            throw new MaintenanceException("The file is damaged: its checksum is wrong. Every block that was taken"
                    + " from it was checked by itself, so the chain is right as far as it goes.");
        }
        try {
            if (in.read() >= 0) {
                throw new MaintenanceException("The file is damaged: it goes on behind its end.");
            }
        } catch (IOException e) {
            throw new MaintenanceException("The file cannot be read: " + e.getMessage());
        }
    }

    private byte[] read(int length, String name) {
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new MaintenanceException("The file ends in the midst of " + name
                        + ": it was cut short. What stands before is taken; import a whole file to go on from there.");
            }
            digest.update(bytes);
            return bytes;
        } catch (IOException e) {
            throw new MaintenanceException("The file cannot be read: " + e.getMessage());
        }
    }
}
