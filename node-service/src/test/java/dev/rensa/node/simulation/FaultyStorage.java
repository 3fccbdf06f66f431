package dev.rensa.node.simulation;

import dev.rensa.node.chain.ChainStorage;
import dev.rensa.node.chain.Column;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.StorageBatch;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.chain.StorageReader;
import dev.rensa.node.chain.StorageSnapshot;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A disk that outlasts its node's process, and can fail before or after any commit. */
final class FaultyStorage implements ChainStorage {

    private final InMemoryStorage disk = new InMemoryStorage();
    private long commitsUntilFault = Long.MAX_VALUE;
    private boolean afterCommit;
    private boolean broken;

    /**
     * Plans a failure.
     *
     * @param commits how many commits succeed before it
     * @param after whether the failing one is stored all the same
     */
    void failAfter(long commits, boolean after) {
        commitsUntilFault = commits;
        afterCommit = after;
    }

    /** A new process opens the same disk. */
    void repair() {
        commitsUntilFault = Long.MAX_VALUE;
        broken = false;
    }

    @Override
    public void commit(StorageBatch batch) {
        if (broken) {
            throw new StorageException("the simulated disk has failed");
        }
        broken = commitsUntilFault-- == 0;
        if (!broken || afterCommit) {
            disk.commit(batch);
        }
        if (broken) {
            throw new StorageException("the simulated disk fails " + (afterCommit ? "after" : "before") + " a commit");
        }
    }

    @Override
    public void sync() {
        disk.sync();
    }

    @Override
    public StorageSnapshot snapshot() {
        return disk.snapshot();
    }

    @Override
    public <T> T read(Function<StorageReader, T> reading) {
        return disk.read(reading);
    }

    @Override
    public byte @Nullable [] get(Column column, byte[] key) {
        return disk.get(column, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
        return disk.getAll(column, keys);
    }

    @Override
    public void scan(Column column, byte[] from, byte @Nullable [] until, Visitor visitor) {
        disk.scan(column, from, until, visitor);
    }

    @Override
    public void close() {
        disk.close();
    }
}
