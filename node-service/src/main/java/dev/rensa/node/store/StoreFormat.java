package dev.rensa.node.store;

import dev.rensa.node.chain.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The version of a data directory's layout, in a file that people can read too. */
final class StoreFormat {
    /** What this version of the node writes. */
    static final int VERSION = 1;

    private static final String FILE = "format-version";

    private StoreFormat() {}

    /**
     * Creates the directory where it is missing and checks its version.
     *
     * @throws StorageException if it was written by a newer node, or cannot be read or written
     */
    static void ensure(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            if (Files.exists(file)) {
                check(directory, Files.readString(file).strip());
            } else {
                write(file);
            }
        } catch (IOException e) {
            throw new StorageException(
                    "the data directory " + directory + " cannot be used (" + e
                            + "). Check that it exists, that the node may write to it and that the disk is not full",
                    e);
        }
    }

    private static void check(Path directory, String version) {
        int found;
        try {
            found = Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw new StorageException(
                    "the data directory " + directory + " has no valid " + FILE
                            + " file: is it a node's? Give the node a directory of its own",
                    e);
        }
        if (found > VERSION) {
            throw new StorageException("the data directory " + directory + " has format " + found
                    + ", written by a newer version of the node; this one knows formats up to " + VERSION
                    + ". Start the newer version, or use another directory");
        }
    }

    /** In two steps: a kill in between must not leave an empty file. */
    private static void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(FILE + ".new");
        Files.writeString(unfinished, VERSION + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
