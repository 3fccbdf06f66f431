package dev.rensa.node.chain;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A disk that outlasts its node's process, and can fail before or after any commit. */
public final class FaultyStorage implements ChainStorage {

    private final ChainStorage disk;
    private long commitsUntilFault = Long.MAX_VALUE;
    private boolean afterCommit;
    private boolean broken;
    private int commitsTooMany;
    private int largestBatch;

    /** On a disk of any kind, which the process does not close when it fails. */
    public FaultyStorage(ChainStorage disk) {
        this.disk = disk;
    }

    /**
     * Plans a failure.
     *
     * @param commits how many commits succeed before it
     * @param after whether the failing one is stored all the same
     */
    public void failAfter(long commits, boolean after) {
        commitsUntilFault = commits;
        afterCommit = after;
    }

    /** A new process opens the same disk. */
    public void repair() {
        commitsUntilFault = Long.MAX_VALUE;
        broken = false;
    }

    /** Whether the planned failure has come. */
    public boolean isBroken() {
        return broken;
    }

    /** How often it was written to after its failure. */
    public int commitsTooMany() {
        return commitsTooMany;
    }

    /** Changes of the largest batch since it was made or told to forget. */
    public int largestBatch() {
        return largestBatch;
    }

    public void forgetBatches() {
        largestBatch = 0;
    }

    @Override
    public void commit(StorageBatch batch) {
        if (broken) {
            commitsTooMany++;
            throw new StorageException("the simulated disk has failed");
        }
        largestBatch = Math.max(largestBatch, batch.changes().size());
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
    public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
        disk.scanWhile(column, from, until, inspector);
    }

    @Override
    public void close() {
        disk.close();
    }
}
