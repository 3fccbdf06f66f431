package dev.rensa.node.app;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.transaction.Transaction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The mempool between two runs of a node. It is a convenience, so a file that cannot be read or written costs a line in the
 * log and nothing else.
 *
 * <pre>
 * 8 "RNSMPOOL" | u16 version | u32 network id | transactions, one behind another
 * </pre>
 */
final class MempoolFile {
    private static final byte[] MAGIC = "RNSMPOOL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = MAGIC.length + Short.BYTES + Integer.BYTES;
    private static final int BUFFER_BYTES = 1 << 20;

    private static final Logger LOG = Logger.getLogger(MempoolFile.class);

    private final Path file;
    private final int networkId;
    private boolean closed;

    MempoolFile(Path dataDirectory, int networkId) {
        this.file = dataDirectory.resolve("mempool.dat");
        this.networkId = networkId;
    }

    /**
     * Writes aside, waits for the medium and moves into place, so that a kill or a loss of power leaves the old file or the
     * new one. From any thread.
     */
    synchronized void save(List<Transaction> transactions) {
        if (closed) {
            return;
        }
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            write(aside, transactions);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warnf("The mempool cannot be saved to %s: %s", file, e.getMessage());
            drop(aside);
        }
    }

    private void write(Path aside, List<Transaction> transactions) throws IOException {
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            out.write(head());
            for (Transaction transaction : transactions) {
                out.write(transaction.toBytes());
            }
            out.flush();
            channel.force(true);
        }
    }

    /** A part of a file would only take the room that is missing. */
    private static void drop(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            LOG.warnf("%s cannot be deleted: %s", aside, e.getMessage());
        }
    }

    /** The same for the last time: nothing older that is still to be saved replaces it. */
    synchronized void saveLast(List<Transaction> transactions) {
        save(transactions);
        closed = true;
    }

    private byte[] head() {
        return new ByteWriter(HEAD_BYTES)
                .writeBytes(MAGIC)
                .writeU16(VERSION)
                .writeInt(networkId)
                .toBytes();
    }

    /** What was saved, as far as it can be read; nothing if it is of another network or version. */
    List<Transaction> load() {
        List<Transaction> transactions = new ArrayList<>();
        if (!Files.exists(file)) {
            return transactions;
        }
        try {
            ByteReader reader = new ByteReader(Files.readAllBytes(file));
            readHead(reader);
            while (reader.remaining() > 0) {
                transactions.add(Transaction.read(reader));
            }
        } catch (UnsuitableException e) {
            LOG.warnf("The saved mempool in %s is not taken: %s. The mempool begins empty.", file, e.getMessage());
        } catch (IOException | MalformedException e) {
            LOG.warnf("The saved mempool in %s cannot be read to its end: %s", file, e.getMessage());
        }
        return transactions;
    }

    private void readHead(ByteReader reader) throws UnsuitableException {
        if (reader.remaining() < HEAD_BYTES || !Arrays.equals(reader.readBytes(MAGIC.length), MAGIC)) {
            throw new UnsuitableException("it is no file of a mempool");
        }
        int version = reader.readU16();
        if (version != VERSION) {
            throw new UnsuitableException(
                    "it is of version " + version + ", and this node knows version " + VERSION + " alone");
        }
        int network = reader.readInt();
        if (network != networkId) {
            throw new UnsuitableException(
                    "it belongs to the network with id %08x, this node to %08x".formatted(network, networkId));
        }
    }

    /** A whole file that is not for this node. */
    private static final class UnsuitableException extends Exception {
        private static final long serialVersionUID = 1;

        UnsuitableException(String why) {
            super(why);
        }
    }
}
