package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.BucketRoots;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * State roots (docs/protocol.md §6): the commitment to all accounts behind each block at a multiple of the checkpoint
 * interval, by that block's hash. The writer only takes a snapshot when such a block is connected; the hashing goes on in
 * the background, for which a whole interval is time. The root of a bucket stays right until one of its accounts changes,
 * on whatever branch, so a root costs hashing the buckets touched since the last one and no more.
 *
 * <p>Owned by the writer thread, but for {@link #find} and {@link #kept}.
 */
final class StateRoots {
    /** States that stay readable: the two newest that a header commits to, and the one that waits for its header. */
    static final int MAX_KEPT = 3;

    private final ChainStorage storage;
    private final BackgroundWork work;

    /** Of the last state that was computed. */
    private BucketRoots roots;

    /** Buckets touched since the last snapshot. */
    private BitSet touched;

    /** Rows that name touched buckets lie from the first to below the next. */
    private long firstRow;

    private long nextRow;

    /** At most one is computed and at most one waits: the newer one replaces it. */
    private @Nullable Job running;

    private @Nullable Job waiting;

    private final Deque<CheckpointState> newest = new ArrayDeque<>();
    private volatile List<CheckpointState> kept = List.of();
    private Runnable onComputed = () -> {};

    /** One root to be computed: the state, and what is touched since the state before it. */
    private record Job(BlockHash block, long height, StorageSnapshot state, BitSet buckets, long endRow) {}

    StateRoots(ChainStorage storage, BackgroundWork work) {
        this.storage = storage;
        this.work = work;
        BucketTable.Stored stored = BucketTable.load(storage);
        this.roots = stored.roots();
        this.touched = stored.touched();
        this.firstRow = stored.firstRow();
        this.nextRow = stored.nextRow();
    }

    /** Hears on the writer thread, outside of any other call, that a root was computed. */
    void whenComputed(Runnable listener) {
        onComputed = listener;
    }

    /** The root over all accounts as they stood behind a block, once it is computed. From any thread. */
    Optional<Hash> find(BlockHash block) {
        return Optional.ofNullable(storage.get(Column.STATE_ROOTS, block.toBytes()))
                .map(Hash::of);
    }

    /** States that can be read, the newest first, on whatever branch. From any thread. */
    List<CheckpointState> kept() {
        return kept;
    }

    /** Adds to the batch what remembers that these buckets change with it. Call {@link #touched} once it is stored. */
    void stageTouched(BitSet buckets, StorageBatch batch) {
        BitSet first = (BitSet) buckets.clone();
        first.andNot(touched);
        if (!first.isEmpty()) {
            BucketTable.stageRow(nextRow, first, batch);
        }
    }

    void touched(BitSet buckets) {
        touched.or(buckets);
        nextRow++;
    }

    /**
     * Sees to it that the root over the accounts as the storage holds them now is computed, and the state kept readable.
     *
     * @param block the block behind which the accounts stand so
     */
    void request(BlockHash block, long height) {
        if (isKnown(block)) {
            return;
        }
        Job job = new Job(block, height, storage.snapshot(), touched, nextRow);
        touched = new BitSet(BucketRoots.BUCKETS);
        if (waiting != null) {
            // Its block has left the chain meanwhile; should it come back, it is asked for again.
            job.buckets().or(waiting.buckets());
            waiting.state().close();
        }
        waiting = job;
        goOn();
    }

    /** Whether a block's root is stored and its state kept, or both are on their way. */
    private boolean isKnown(BlockHash block) {
        boolean underWay = (running != null && running.block().equals(block))
                || (waiting != null && waiting.block().equals(block));
        return underWay || newest.stream().anyMatch(state -> state.block().equals(block));
    }

    private void goOn() {
        if (running != null || waiting == null) {
            return;
        }
        Job job = waiting;
        running = job;
        waiting = null;
        BucketRoots before = roots;
        work.run(() -> {
            BucketRoots after = before.with(StoredAccounts.roots(job.state(), job.buckets()));
            StorageBatch batch = new StorageBatch();
            BucketTable.stagePages(before, after, batch);
            return () -> finish(job, after, batch);
        });
    }

    private void finish(Job job, BucketRoots after, StorageBatch batch) {
        BucketTable.deleteRows(firstRow, job.endRow(), batch);
        batch.put(Column.STATE_ROOTS, job.block().toBytes(), after.stateRoot().toBytes());
        storage.commit(batch);
        firstRow = job.endRow();
        roots = after;
        keep(new CheckpointState(job.block(), job.height(), after, job.state()));
        running = null;
        goOn();
        onComputed.run();
    }

    /** Whether no root is being computed. */
    boolean isIdle() {
        return running == null && waiting == null;
    }

    /** All accounts were replaced by those behind a block, and stored with these roots. */
    void restart(BlockHash block, long height, BucketRoots installed) {
        roots = installed;
        touched = new BitSet(BucketRoots.BUCKETS);
        firstRow = 0;
        nextRow = 0;
        keep(new CheckpointState(block, height, installed, storage.snapshot()));
    }

    /**
     * Makes the newest states readable again that an earlier process kept, which takes the background a moment. To be
     * called before anything is requested.
     *
     * @param headHeight height of the block behind which the accounts stand as they are stored
     * @param lowest height down to which there are undo records
     */
    void restore(long headHeight, long checkpointInterval, long lowest) {
        StateRewind rewind = new StateRewind(storage, headHeight, checkpointInterval, lowest, roots, touched);
        work.run(() -> {
            List<CheckpointState> found = rewind.states();
            return () -> found.forEach(this::keepBehindNewer);
        });
    }

    private void keepBehindNewer(CheckpointState state) {
        if (newest.size() < MAX_KEPT && (newest.isEmpty() || newest.getLast().height() > state.height())) {
            newest.addLast(state);
            kept = List.copyOf(newest);
        } else {
            state.retire();
        }
    }

    /** A state that is as high or higher belongs to a branch that was left. */
    private void keep(CheckpointState state) {
        while (!newest.isEmpty() && newest.getFirst().height() >= state.height()) {
            newest.removeFirst().retire();
        }
        newest.addFirst(state);
        while (newest.size() > MAX_KEPT) {
            newest.removeLast().retire();
        }
        kept = List.copyOf(newest);
    }
}
