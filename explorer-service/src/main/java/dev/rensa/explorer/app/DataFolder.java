package dev.rensa.explorer.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The folder of the SQLite file, for one process. Whoever takes it keeps this: a lock that nobody refers to is given back. */
final class DataFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DataFolder.class);

    private @Nullable FileLock held;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** Makes the folder when it is not there, and keeps other processes from it until it is closed, or this one ends. */
    void take() {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("explorer.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock taken = channel.tryLock();
            if (taken == null) {
                channel.close();
                throw new IllegalStateException("Another explorer uses the data folder " + folder
                        + ": stop it, name another one with rensa.explorer.data-dir, or let both use PostgreSQL"
                        + " (rensa.explorer.postgresql.enabled).");
            }
            held = taken;
        } catch (OverlappingFileLockException e) {
            LOG.debugf("This process holds %s already", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + folder + " cannot be used; rensa.explorer.data-dir names another one.", e);
        }
    }

    /** Gives it back: a service may start again within its process. */
    @Override
    public void close() {
        FileLock taken = held;
        held = null;
        if (taken != null) {
            try {
                taken.acquiredBy().close();
            } catch (IOException e) {
                LOG.warnf("The data folder %s could not be given back: %s", folder, e.getMessage());
            }
        }
    }
}
