package dev.rensa.node.store;

import dev.rensa.node.chain.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How many changes were on the medium when the store was last synced, in a file beside it. RocksDB reads its log up to
 * the first record that is not whole, and cannot tell a tail that a loss of power has torn, which is harmless, from a
 * record in the middle that has rotted, behind which confirmed blocks would vanish without a word. This number tells.
 *
 * <p>Written without a sync of its own: after a loss of power it may say less than is there, never more.
 */
final class SyncMark implements AutoCloseable {
    private static final String FILE = "synced";

    /** u64 sequence number, u32 CRC-32C of it. */
    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private final Path file;
    private final FileChannel channel;

    private SyncMark(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Whether the store in this directory was ever synced: then one that is not there any more is lost, not new. The file
     * alone says nothing, for it is made before there is anything to confirm.
     */
    static boolean exists(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel) > 0;
        } catch (IOException e) {
            throw cannotBeOpened(file, e);
        }
    }

    /**
     * Opens the mark of a store whose newest change has this number.
     *
     * @throws StorageException if the store was synced beyond it once, so that confirmed changes are lost
     */
    static SyncMark open(Path directory, long newest) {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            SyncMark mark = new SyncMark(file, channel);
            long synced = read(channel);
            if (newest < synced) {
                mark.close();
                throw new StorageException("the store in " + directory + " is damaged: " + synced
                        + " changes were confirmed on the disk, and only " + newest
                        + " can be read, because its log is damaged or files are missing. Restore the directory from a"
                        + " backup, or delete it and let the node catch up from its peers. Where neither can be, delete "
                        + file + " to go on with what is left: the last blocks are lost then");
            }
            return mark;
        } catch (IOException e) {
            throw cannotBeOpened(file, e);
        }
    }

    private static StorageException cannotBeOpened(Path file, IOException cause) {
        return new StorageException("the file " + file + " cannot be opened: " + DiskErrors.advice(cause), cause);
    }

    /** Everything up to this change is on the medium. */
    void advance(long synced) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(synced);
        bytes.putInt(checksum(bytes.array())).flip();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
        } catch (IOException e) {
            throw new StorageException("the file " + file + " cannot be written: " + DiskErrors.advice(e), e);
        }
    }

    /** A mark that a loss of power has torn says nothing. */
    private static long read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // A file may be handed over in pieces.
        }
        if (bytes.hasRemaining() || bytes.getInt(Long.BYTES) != checksum(bytes.array())) {
            return 0;
        }
        return bytes.getLong(0);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, Long.BYTES);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException("the file " + file + " cannot be closed: " + DiskErrors.advice(e), e);
        }
    }
}
