package dev.rensa.node.chain;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A storage whose process is killed at a chosen commit: just before it or just behind it. */
public final class KilledStorage implements ChainStorage {
    private final ChainStorage storage;
    private final int lastCommit;
    private final boolean stored;
    private int commits;

    /** Dies at the commit with this number, counted from 1, after storing it or not. */
    public KilledStorage(ChainStorage storage, int lastCommit, boolean stored) {
        this.storage = storage;
        this.lastCommit = lastCommit;
        this.stored = stored;
    }

    /** Whether it came to the fatal commit. */
    public boolean isDead() {
        return commits >= lastCommit;
    }

    @Override
    public void commit(StorageBatch batch) {
        commits++;
        if (commits > lastCommit) {
            throw new IllegalStateException("nothing may be written after a failure");
        }
        if (commits < lastCommit || stored) {
            storage.commit(batch);
        }
        if (commits == lastCommit) {
            throw new StorageException("killed at commit " + commits);
        }
    }

    @Override
    public void sync() {
        storage.sync();
    }

    @Override
    public StorageSnapshot snapshot() {
        return storage.snapshot();
    }

    @Override
    public <T> T read(Function<StorageReader, T> reading) {
        return storage.read(reading);
    }

    @Override
    public byte @Nullable [] get(Column column, byte[] key) {
        return storage.get(column, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
        return storage.getAll(column, keys);
    }

    @Override
    public void scan(Column column, byte[] from, byte @Nullable [] until, Visitor visitor) {
        storage.scan(column, from, until, visitor);
    }

    /** The killed process closes nothing; the test does. */
    @Override
    public void close() {}
}
