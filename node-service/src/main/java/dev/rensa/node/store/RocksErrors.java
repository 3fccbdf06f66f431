package dev.rensa.node.store;

import dev.rensa.node.chain.StorageException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB says, as a sentence that tells an operator what to do. */
final class RocksErrors {
    private RocksErrors() {}

    static StorageException opening(Path directory, RocksDBException cause) {
        if (isHeldLock(String.valueOf(cause.getMessage()))) {
            return new StorageException(
                    "the data directory " + directory
                            + " is locked: another node is running on it. Stop that one, or give"
                            + " this node a directory of its own",
                    cause);
        }
        return new StorageException("the data directory " + directory + " cannot be opened: " + advice(cause), cause);
    }

    static StorageException using(Path directory, RocksDBException cause) {
        return new StorageException("the store in " + directory + " failed: " + advice(cause), cause);
    }

    /** Held by this process or by another one; a lock file that may not be written is something else. */
    private static boolean isHeldLock(String message) {
        return DiskErrors.says(message, "lock hold by current process")
                || (DiskErrors.says(message, "while lock file") && DiskErrors.says(message, "temporarily unavailable"));
    }

    private static String advice(RocksDBException cause) {
        Status status = cause.getStatus();
        String message = String.valueOf(cause.getMessage());
        boolean damaged = status != null && status.getCode() == Status.Code.Corruption;
        if (damaged || DiskErrors.says(message, "no such file") || DiskErrors.says(message, "does not exist")) {
            return "it is damaged (" + message
                    + "). Restore the directory from a backup, or delete it and let the node catch up from its peers";
        }
        return DiskErrors.advice(cause);
    }
}
