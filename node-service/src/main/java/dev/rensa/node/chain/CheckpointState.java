package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.AccountProof;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All accounts as they stood behind a block at a multiple of the checkpoint interval. It is readable from any thread until
 * the node keeps newer ones instead.
 */
public final class CheckpointState {
    /** Large buckets whose parts are remembered: 64 bytes for each 16,384 accounts. */
    private static final int MAX_LARGE = 1_024;

    /** Accounts that are shown to prove an absence: 1.5 MiB of text. More take somebody who fills that bucket. */
    public static final int MAX_SHOWN = StateBucket.PART_ACCOUNTS;

    private final BlockHash block;
    private final long height;
    private final BucketRoots roots;
    private final StorageSnapshot accounts;

    /** Large buckets that were asked for, so that who asks for one part after another costs one walk. Guarded by itself. */
    private final Map<Integer, BucketParts> large = new LinkedHashMap<>();

    /** Buckets that were found to be large, so that nobody looks again. Guarded by {@link #large}. */
    private final BitSet foundLarge = new BitSet();

    /** Those who read right now, and the node itself while it keeps the state. Guarded by this. */
    private int users = 1;

    /**
     * What is said of an account.
     *
     * @param inBucket accounts in its bucket
     * @param proof empty if there is no such account and its bucket has more than {@link #MAX_SHOWN}
     */
    public record Proving(int inBucket, Optional<AccountProof> proof) {}

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
     * Whole buckets in ascending order, as many of the wanted ones as fit, but at least one; those before the first that
     * comes in parts, so none if that is the first.
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
            for (int bucket = first; bucket < end && bytes < fillBytes; bucket++) {
                Optional<StateBucket> next = wholeBucket(reader, bucket);
                if (next.isEmpty()) {
                    break;
                }
                bytes += next.get().size();
                buckets.add(next.get());
            }
            return buckets;
        });
    }

    /** A part of a bucket; empty if the bucket has no such part, or the state is not kept any more. */
    public Optional<BucketPart> part(int bucket, int part) {
        return reading(reader -> {
                    BucketParts parts = parts(reader, bucket);
                    return part >= parts.count()
                            ? Optional.<BucketPart>empty()
                            : Optional.of(new BucketPart(
                                    StoredAccounts.range(reader, parts.from(part), parts.until(part, bucket)),
                                    parts.roots()));
                })
                .flatMap(found -> found);
    }

    private Optional<StateBucket> wholeBucket(StorageReader reader, int bucket) {
        synchronized (large) {
            if (foundLarge.get(bucket)) {
                return Optional.empty();
            }
        }
        Optional<StateBucket> whole = StoredAccounts.wholeBucket(reader, bucket);
        if (whole.isEmpty()) {
            synchronized (large) {
                foundLarge.set(bucket);
            }
        }
        return whole;
    }

    /** One walk at a time: whoever asks for the same bucket meanwhile waits for its end. */
    private BucketParts parts(StorageReader reader, int bucket) {
        synchronized (large) {
            BucketParts known = large.get(bucket);
            if (known != null) {
                return known;
            }
            BucketParts parts = BucketParts.of(reader, bucket);
            if (parts.count() > 1) {
                large.put(bucket, parts);
            }
            if (large.size() > MAX_LARGE) {
                large.remove(large.keySet().iterator().next());
            }
            return parts;
        }
    }

    /**
     * Proves what an account has, or that there is none. Of a large bucket one part is in memory at a time.
     *
     * @return empty if the state is not kept any more
     */
    public Optional<Proving> prove(PublicKey key) {
        return reading(reader -> {
            int bucket = BucketRoots.bucketOf(key);
            return wholeBucket(reader, bucket)
                    .map(accounts -> shown(key, accounts))
                    .orElseGet(() -> proveInParts(reader, key, bucket));
        });
    }

    private Proving proveInParts(StorageReader reader, PublicKey key, int bucket) {
        BucketParts parts = parts(reader, bucket);
        return new Proving(parts.accounts(), parts.prove(reader, key, roots.path(bucket)));
    }

    private Proving shown(PublicKey key, StateBucket bucket) {
        List<Hash> path = roots.path(BucketRoots.bucketOf(key));
        return new Proving(bucket.accounts().size(), Optional.of(AccountProof.of(key, bucket, path)));
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
