package dev.rensa.node.chain;

import java.util.function.Function;

/**
 * Where a chain keeps what it knows: sorted tables of bytes with atomic batches. One thread writes; any thread reads.
 * Every method throws {@link StorageException} when the storage fails.
 */
public interface ChainStorage extends StorageReader, AutoCloseable {

    /** Stores all changes or none: whoever reads, also after a kill, sees the state before or the state after. */
    void commit(StorageBatch batch);

    /** Returns once everything committed before outlasts a loss of power too, if the storage was opened to care. */
    void sync();

    /** Reads several values from one and the same state, however much is committed meanwhile. */
    <T> T read(Function<StorageReader, T> reading);

    /** The present state, to be read later and elsewhere. It belongs to the caller, who must close it. */
    StorageSnapshot snapshot();

    @Override
    void close();
}
