package dev.rensa.node.chain;

import java.util.function.Supplier;

/** After a failure half-way, memory and storage may differ: only opening the storage anew is safe. Writer thread only. */
final class WriteGuard {
    private boolean failed;

    /**
     * Changes something.
     *
     * @throws StorageException if it fails, or a change before it did
     */
    <T> T writing(Supplier<T> change) {
        if (failed) {
            throw new StorageException("the chain stopped writing after an earlier failure; restart the node");
        }
        boolean done = false;
        try {
            T result = change.get();
            done = true;
            return result;
        } finally {
            failed = !done;
        }
    }
}
