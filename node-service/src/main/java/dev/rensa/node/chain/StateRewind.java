package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.state.BucketRoots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest checkpoint states of a store that was just opened, by walking the undo records down from its head: what
 * a process kept of them ended with it. Reads snapshots only, so it may run on any thread beside the writer. For one walk.
 */
final class StateRewind {
    /** Changes of accounts that are taken back at most: some 10 MB a state. A busier network has new states soon. */
    static final int MAX_CHANGES = 200_000;

    /** The store as it is now, once for each state that may be found. */
    private final Deque<StorageSnapshot> snapshots = new ArrayDeque<>();

    private final StorageSnapshot store;
    private final long checkpointInterval;
    private final long lowest;
    private final List<CheckpointState> found = new ArrayList<>();
    private final NavigableMap<byte[], byte[]> prior = new TreeMap<>(Arrays::compareUnsigned);
    private BucketRoots roots;

    /** Buckets that the roots are not right for any more. */
    private BitSet changed;

    private long height;
    private int changes;

    /**
     * Takes hold of the storage as it is.
     *
     * @param height of the head
     * @param lowest height of the lowest block that undo records lead to
     * @param roots as they are stored
     * @param touched buckets whose stored root is not right any more
     */
    StateRewind(
            ChainStorage storage,
            long height,
            long checkpointInterval,
            long lowest,
            BucketRoots roots,
            BitSet touched) {
        for (int i = 0; i < StateRoots.MAX_KEPT; i++) {
            snapshots.add(storage.snapshot());
        }
        this.store = snapshots.getFirst();
        this.height = height;
        this.checkpointInterval = checkpointInterval;
        this.lowest = lowest;
        this.roots = roots;
        this.changed = (BitSet) touched.clone();
    }

    /**
     * The states, the newest first.
     *
     * @throws StorageException if accounts are not those that a stored root commits to
     */
    List<CheckpointState> states() {
        try {
            walk();
            return found;
        } catch (StorageException e) {
            found.forEach(CheckpointState::retire);
            throw e;
        } finally {
            snapshots.forEach(StorageSnapshot::close);
        }
    }

    private void walk() {
        boolean above = true;
        while (above && !snapshots.isEmpty()) {
            BlockHash block = blockAt(height);
            if (height % checkpointInterval == 0) {
                keep(block);
            }
            above = !snapshots.isEmpty() && height > lowest && takeBack(block);
        }
    }

    private BlockHash blockAt(long at) {
        return BlockHash.of(require(store.get(Column.CANONICAL, Records.height(at)), "no block at height " + at));
    }

    /** Keeps the state behind a block, unless a kill kept its root from being stored. */
    private void keep(BlockHash block) {
        Optional<Hash> stored = Optional.ofNullable(store.get(Column.STATE_ROOTS, block.toBytes()))
                .map(Hash::of);
        if (stored.isEmpty()) {
            return;
        }
        RewoundAccounts accounts = new RewoundAccounts(snapshots.element(), prior);
        if (!roots.stateRoot().equals(stored.get())) {
            roots = roots.with(StoredAccounts.roots(accounts, changed));
        }
        if (!roots.stateRoot().equals(stored.get())) {
            throw new StorageException("the store is damaged: the accounts behind block " + block
                    + " are not those that its state root was computed from");
        }
        changed = new BitSet(BucketRoots.BUCKETS);
        snapshots.remove();
        found.add(new CheckpointState(block, height, roots, accounts));
    }

    /** Goes down by one block, if that is not too much work. */
    private boolean takeBack(BlockHash block) {
        List<Records.Prior> undo = Records.decodeUndo(
                require(store.get(Column.UNDO, block.toBytes()), "no undo record of block " + block));
        changes += undo.size();
        for (Records.Prior account : undo) {
            prior.put(account.key().toBytes(), Records.encode(account.account()));
            changed.set(BucketRoots.bucketOf(account.key()));
        }
        height--;
        return changes <= MAX_CHANGES;
    }

    private static byte[] require(byte @Nullable [] value, String missing) {
        if (value == null) {
            throw new StorageException("the store is damaged: it has " + missing);
        }
        return value;
    }
}
