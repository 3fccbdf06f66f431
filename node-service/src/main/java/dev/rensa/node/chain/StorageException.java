package dev.rensa.node.chain;

import org.jspecify.annotations.Nullable;

/**
 * The storage failed or holds what it cannot hold: our failure, never a peer's fault. Nothing may be written after it;
 * the process should end and start again from what is on disk.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
