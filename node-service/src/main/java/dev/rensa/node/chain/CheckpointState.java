package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All accounts as they stood behind a block at a multiple of the checkpoint interval. It is readable from any thread until
 * the node keeps newer ones instead.
 */
public final class CheckpointState {
    private final BlockHash block;
    private final long height;
    private final BucketRoots roots;
    private final StorageSnapshot accounts;

    /** Those who read right now, and the node itself while it keeps the state. Guarded by this. */
    private int users = 1;

    CheckpointState(BlockHash block, long height, BucketRoots roots, StorageSnapshot accounts) {
        this.block = block;
        this.height = height;
        this.roots = roots;
        this.accounts = accounts;
    }

    public BlockHash block() {
        return block;
    }

    public long height() {
        return height;
    }

    public BucketRoots roots() {
        return roots;
    }

    /**
     * Buckets in ascending order, as many of the wanted ones as fit, but at least one.
     *
     * @param first the first wanted bucket
     * @param end the first bucket not wanted any more
     * @param fillBytes none is added once those before it take this many
     * @return empty if the state is not kept any more
     */
    public Optional<List<StateBucket>> buckets(int first, int end, long fillBytes) {
        return reading(reader -> {
            List<StateBucket> buckets = new ArrayList<>();
            long bytes = 0;
            for (int bucket = first; bucket < end && (bytes < fillBytes || buckets.isEmpty()); bucket++) {
                StateBucket next = StoredAccounts.bucket(reader, bucket);
                bytes += next.size();
                buckets.add(next);
            }
            return buckets;
        });
    }

    /** All accounts of the bucket in which an account lies or would lie; empty if the state is not kept any more. */
    public Optional<StateBucket> bucketOf(PublicKey key) {
        return reading(
                reader -> StoredAccounts.bucket(reader, AccountState.absent(key).bucket()));
    }

    private <T> Optional<T> reading(Function<StorageReader, T> reading) {
        if (!enter()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(accounts));
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    private synchronized void leave() {
        if (--users == 0) {
            accounts.close();
        }
    }

    /** The node keeps it no longer; the last reader lets the state go. */
    void retire() {
        leave();
    }
}
