package dev.rensa.node.maintenance;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.StorageException;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;

/** Writes the canonical chain into a file, one block after another: memory does not grow with the chain. */
public final class ChainExport {
    private static final int BUFFER_BYTES = 1 << 20;

    private ChainExport() {}

    /**
     * Exports. The file appears under its name once it is whole and on the medium.
     *
     * @throws MaintenanceException if the node does not have every block, the file exists already, or cannot be written
     */
    public static void run(ChainView chain, Path file, ProgressBar progress) {
        if (chain.baseHeight() > 0) {
            throw new MaintenanceException("This node began with the accounts behind block " + chain.baseHeight()
                    + " (rensa.sync.mode=snapshot): the blocks up to it are not here, and without them the rest can be"
                    + " imported nowhere. Export from a node that has every block.");
        }
        if (Files.exists(file)) {
            throw new MaintenanceException(file + " exists already; it is not overwritten. Choose another name.");
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        ChainHead head = chain.head();
        try (Unfinished _ = new Unfinished(unfinished)) {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
                write(chain, head, out, progress);
                out.flush();
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new MaintenanceException("The file " + unfinished + " cannot be written: " + e.getMessage()
                    + ". Make room or choose another place, and export again.");
        }
        progress.say("Exported " + head.height() + " blocks to " + file + "; the last one is " + head.hash() + ".");
    }

    /** Whatever ends an export, nothing stays of a file that did not get its name. */
    private record Unfinished(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    static void write(ChainView chain, ChainHead head, OutputStream out, ProgressBar progress) throws IOException {
        DigestOutputStream summed = new DigestOutputStream(out, ChainFile.digest());
        summed.write(new ByteWriter(ChainFile.HEAD_BYTES)
                .writeBytes(ChainFile.MAGIC)
                .writeU16(ChainFile.VERSION)
                .writeFixed(chain.networkHash())
                .writeU63(head.height())
                .writeFixed(head.hash())
                .toBytes());
        for (long height = 1; height <= head.height(); height++) {
            byte[] block = canonicalBlock(chain, height).toBytes();
            summed.write(new ByteWriter(Integer.BYTES).writeU31(block.length).toBytes());
            summed.write(block);
            progress.at("blocks", height, head.height());
        }
        out.write(summed.getMessageDigest().digest());
    }

    private static Block canonicalBlock(ChainView chain, long height) {
        return chain.canonicalHash(height)
                .flatMap(chain::block)
                .orElseThrow(() -> new StorageException(
                        "the store is damaged: the canonical block at height " + height + " is missing"));
    }
}
