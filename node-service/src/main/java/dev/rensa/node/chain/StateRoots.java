package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * State roots (design §3): the commitment to all accounts behind each block at a multiple of the checkpoint interval, by
 * that block's hash. The root of a bucket stays right until one of its accounts changes, on whatever branch, so a root
 * costs hashing the buckets touched since the last one and no more.
 *
 * <p>Owned by the writer thread, but for {@link #find}.
 */
final class StateRoots {
    private static final int BUCKET_SHIFT = Long.SIZE - 16;

    private final ChainStorage storage;
    private final StateTree tree = new StateTree();

    /** Buckets whose stored root is out of date. */
    private final BitSet stale = new BitSet(StateTree.BUCKETS);

    StateRoots(ChainStorage storage) {
        this.storage = storage;
        Map<Integer, Hash> roots = new HashMap<>();
        storage.scan(Column.BUCKETS, new byte[0], null, (key, value) -> {
            int bucket = ((key[0] & 0xff) << 8) | (key[1] & 0xff);
            if (value.length == 0) {
                stale.set(bucket);
            } else {
                roots.put(bucket, Hash.of(value));
            }
        });
        tree.update(roots);
    }

    /** The bucket that an account lies in. */
    static int bucketOf(PublicKey key) {
        return (int) (key.prefix() >>> BUCKET_SHIFT);
    }

    /** The root over all accounts as they stood behind a block, if it was ever computed. From any thread. */
    Optional<Hash> find(BlockHash block) {
        return Optional.ofNullable(storage.get(Column.STATE_ROOTS, block.toBytes()))
                .map(Hash::of);
    }

    /** Adds to the batch what remembers that these buckets change with it. Call {@link #touched} once it is stored. */
    void stageTouched(BitSet buckets, StorageBatch batch) {
        for (int bucket = buckets.nextSetBit(0); bucket >= 0; bucket = buckets.nextSetBit(bucket + 1)) {
            if (!stale.get(bucket)) {
                batch.put(Column.BUCKETS, Records.bucket(bucket), Records.PRESENT);
            }
        }
    }

    void touched(BitSet buckets) {
        stale.or(buckets);
    }

    /** Computes and stores the root over the accounts as the storage holds them, which must be those behind this block. */
    void compute(BlockHash block) {
        Map<Integer, Hash> roots = new HashMap<>();
        for (int first = stale.nextSetBit(0); first >= 0; ) {
            int end = stale.nextClearBit(first);
            hashBuckets(first, end, roots);
            first = stale.nextSetBit(end);
        }
        tree.update(roots);
        StorageBatch batch = new StorageBatch();
        roots.forEach((bucket, root) -> batch.put(Column.BUCKETS, Records.bucket(bucket), root.toBytes()));
        batch.put(Column.STATE_ROOTS, block.toBytes(), tree.root().toBytes());
        storage.commit(batch);
        stale.clear();
    }

    /** Hashes neighbouring buckets in one pass over their accounts; only one bucket is in memory at a time. */
    private void hashBuckets(int first, int end, Map<Integer, Hash> roots) {
        for (int bucket = first; bucket < end; bucket++) {
            roots.put(bucket, StateTree.EMPTY_BUCKET);
        }
        BucketHasher hasher = new BucketHasher(roots);
        byte[] until = end == StateTree.BUCKETS ? null : Records.bucket(end);
        storage.scan(Column.ACCOUNTS, Records.bucket(first), until, hasher);
        hasher.finish();
    }

    /** Gathers the accounts of a bucket, each a leaf of key ‖ u64 balance ‖ u64 next nonce, until the next one begins. */
    private static final class BucketHasher implements StorageReader.Visitor {
        private final Map<Integer, Hash> roots;
        private final List<byte[]> leaves = new ArrayList<>();
        private int current = -1;

        BucketHasher(Map<Integer, Hash> roots) {
            this.roots = roots;
        }

        @Override
        public void visit(byte[] key, byte[] account) {
            int bucket = ((key[0] & 0xff) << 8) | (key[1] & 0xff);
            if (bucket != current) {
                finish();
                current = bucket;
            }
            byte[] leaf = new byte[key.length + account.length];
            System.arraycopy(key, 0, leaf, 0, key.length);
            System.arraycopy(account, 0, leaf, key.length, account.length);
            leaves.add(leaf);
        }

        void finish() {
            if (!leaves.isEmpty()) {
                roots.put(current, MerkleTree.rootOfBytes(leaves));
                leaves.clear();
            }
        }
    }
}
