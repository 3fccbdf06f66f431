package dev.rensa.node.store;

import dev.rensa.node.chain.StorageException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB says, as a sentence that tells an operator what to do. */
final class RocksErrors {
    private RocksErrors() {}

    static StorageException opening(Path directory, RocksDBException cause) {
        if (says(cause, "lock")) {
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

    private static String advice(RocksDBException cause) {
        if (says(cause, "no space left")) {
            return "the disk is full. Make room and start the node again; nothing confirmed is lost";
        }
        if (says(cause, "read-only file system") || says(cause, "permission denied")) {
            return "it may not be written (" + cause.getMessage()
                    + "). Mend the permissions or the volume and start again";
        }
        Status status = cause.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return "it is damaged (" + cause.getMessage()
                    + "). Restore it, or delete it and let the node catch up from its peers";
        }
        return String.valueOf(cause.getMessage());
    }

    private static boolean says(RocksDBException cause, String words) {
        String message = cause.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(words);
    }
}
