package dev.rensa.node.chain;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an audit builds the state that the blocks lead to, beside the one that is audited. The bodies, by far the largest
 * part, are read from the audited storage and not stored a second time.
 */
final class AuditScratch implements ChainStorage {
    private final ChainStorage scratch;
    private final StorageReader audited;

    AuditScratch(ChainStorage scratch, StorageReader audited) {
        this.scratch = scratch;
        this.audited = audited;
    }

    private StorageReader holderOf(Column column) {
        return column == Column.BODIES ? audited : scratch;
    }

    @Override
    public byte @Nullable [] get(Column column, byte[] key) {
        return holderOf(column).get(column, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
        return holderOf(column).getAll(column, keys);
    }

    @Override
    public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
        holderOf(column).scanWhile(column, from, until, inspector);
    }

    @Override
    public void commit(StorageBatch batch) {
        StorageBatch kept = new StorageBatch();
        for (StorageBatch.Change change : batch.changes()) {
            if (change.column() != Column.BODIES) {
                kept.add(change);
            }
        }
        scratch.commit(kept);
    }

    /** Nothing to do: what is built here is thrown away. */
    @Override
    public void sync() {}

    @Override
    public StorageSnapshot snapshot() {
        return scratch.snapshot();
    }

    @Override
    public <T> T read(Function<StorageReader, T> reading) {
        return scratch.read(reading);
    }

    /** Nothing to do: both storages belong to whoever asked for the audit. */
    @Override
    public void close() {}
}
