package dev.rensa.node.store;

import dev.rensa.node.chain.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The version of a data directory's layout, in a file that people can read too. */
final class StoreFormat {
    /** What this version of the node writes. */
    static final int VERSION = 2;

    private static final String FILE = "format-version";

    /** Far more than the file holds; a larger one is something else. */
    private static final long MAX_FILE_BYTES = 64;

    private StoreFormat() {}

    /** Whether a node ever opened this directory. */
    static boolean exists(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    /**
     * Creates the directory where it is missing and checks its version.
     *
     * @param database what lies in it once it was opened
     * @throws StorageException if it was written by a newer or an older node, is not a node's, or cannot be read or
     *     written
     */
    static void ensure(Path directory, Path database) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            if (Files.exists(file)) {
                check(
                        directory,
                        Files.size(file) > MAX_FILE_BYTES
                                ? ""
                                : Files.readString(file).strip());
            } else if (Files.exists(database)) {
                throw notANodes(directory, "has a store and no " + FILE + " file", null);
            } else {
                write(file);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "the data directory " + directory + " cannot be used: " + DiskErrors.advice(e)
                            + ". Check that it is a directory, that the node may write to it and that the disk is not"
                            + " full",
                    e);
        }
    }

    private static void check(Path directory, String version) {
        int found;
        try {
            found = Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw notANodes(directory, "has no valid " + FILE + " file", e);
        }
        if (found > VERSION) {
            throw new StorageException("the data directory " + directory + " has format " + found
                    + ", written by a newer version of the node; this one knows formats up to " + VERSION
                    + ". Start the newer version, or use another directory");
        }
        if (found < 1) {
            throw notANodes(directory, "has a " + FILE + " file that says " + found, null);
        }
        if (found < VERSION) {
            throw new StorageException("the data directory " + directory + " has format " + found
                    + ", written by an older version of the node; this one reads format " + VERSION
                    + " only. Delete the directory and let the node catch up from its peers, or export the chain with the"
                    + " older version and import it here");
        }
    }

    private static StorageException notANodes(Path directory, String finding, @Nullable Throwable cause) {
        return new StorageException(
                "the data directory " + directory + " " + finding
                        + ": is it a node's, and whole? Restore it from a backup, or give the node a directory of its own",
                cause);
    }

    /** Aside, to the medium, and into place: neither a kill nor a loss of power may leave an empty file. */
    private static void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(FILE + ".new");
        ByteBuffer text = ByteBuffer.wrap((VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
