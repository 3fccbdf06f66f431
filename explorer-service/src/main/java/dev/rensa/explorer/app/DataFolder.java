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

/** The folder of the SQLite file, for one process. */
final class DataFolder {

    private static final Logger LOG = Logger.getLogger(DataFolder.class);

    /** Kept so that it is not given back before the process ends. */
    @SuppressWarnings("unused")
    private @Nullable FileLock held;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** Makes the folder when it is not there, and keeps other processes from it for as long as this one lives. */
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
}
