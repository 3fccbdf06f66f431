package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The accounts of a storage, bucket by bucket. */
final class StoredAccounts {
    /** Neighbouring buckets that one scan passes at most, so that nothing waits long for a scan to end. */
    private static final int MAX_RUN = 256;

    private StoredAccounts() {}

    static StateBucket bucket(StorageReader reader, int bucket) {
        return range(reader, Records.bucket(bucket), endOf(bucket + 1));
    }

    /** The accounts of a bucket, empty if there are more than {@link StateBucket#PART_ACCOUNTS}: then no more are read. */
    static Optional<StateBucket> wholeBucket(StorageReader reader, int bucket) {
        List<byte[]> leaves = new ArrayList<>();
        reader.scanWhile(Column.ACCOUNTS, Records.bucket(bucket), endOf(bucket + 1), (key, account) -> {
            leaves.add(leaf(key, account));
            return leaves.size() <= StateBucket.PART_ACCOUNTS;
        });
        return leaves.size() > StateBucket.PART_ACCOUNTS
                ? Optional.empty()
                : Optional.of(new StateBucket(
                        leaves.stream().map(StoredAccounts::decode).toList()));
    }

    /** Accounts that lie in one bucket, from one key to before another. */
    static StateBucket range(StorageReader reader, byte[] from, byte @Nullable [] until) {
        List<AccountState> accounts = new ArrayList<>();
        reader.scan(Column.ACCOUNTS, from, until, (key, account) -> accounts.add(decode(leaf(key, account))));
        return new StateBucket(accounts);
    }

    /** Shows each account of a bucket by its key and its leaf. */
    static void scanLeaves(StorageReader reader, int bucket, StorageReader.Visitor visitor) {
        reader.scan(
                Column.ACCOUNTS,
                Records.bucket(bucket),
                endOf(bucket + 1),
                (key, account) -> visitor.visit(key, leaf(key, account)));
    }

    private static AccountState decode(byte[] leaf) {
        return Records.decode(leaf, AccountState::read);
    }

    /** The roots of some buckets; at most {@link StateBucket#PART_ACCOUNTS} accounts are in memory at a time. */
    static Map<Integer, Hash> roots(StorageReader reader, BitSet buckets) {
        Map<Integer, Hash> roots = new HashMap<>();
        for (int first = buckets.nextSetBit(0); first >= 0; ) {
            int end = Math.min(buckets.nextClearBit(first), first + MAX_RUN);
            for (int bucket = first; bucket < end; bucket++) {
                roots.put(bucket, BucketRoots.EMPTY_BUCKET);
            }
            BucketCollector collector = new BucketCollector(roots::put);
            reader.scan(Column.ACCOUNTS, Records.bucket(first), endOf(end), collector);
            collector.finish();
            first = buckets.nextSetBit(end);
        }
        return roots;
    }

    /** The bucket that a key of the column lies in, or that it begins. */
    static int bucketOf(byte[] key) {
        return ((key[0] & 0xff) << 8) | (key[1] & 0xff);
    }

    /** The first key behind the buckets below this one. */
    static byte @Nullable [] endOf(int bucket) {
        return bucket == BucketRoots.BUCKETS ? null : Records.bucket(bucket);
    }

    /** The column's key and value are a leaf as they stand: key ‖ u64 balance ‖ u64 next nonce. */
    private static byte[] leaf(byte[] key, byte[] account) {
        byte[] leaf = new byte[key.length + account.length];
        System.arraycopy(key, 0, leaf, 0, key.length);
        System.arraycopy(account, 0, leaf, key.length, account.length);
        return leaf;
    }

    /** Tells the root of a bucket when the next one begins. */
    private static final class BucketCollector implements StorageReader.Visitor {
        private final BiConsumer<Integer, Hash> complete;
        private final List<Hash> partRoots = new ArrayList<>();
        private final List<byte[]> leaves = new ArrayList<>();
        private int current = -1;

        BucketCollector(BiConsumer<Integer, Hash> complete) {
            this.complete = complete;
        }

        @Override
        public void visit(byte[] key, byte[] account) {
            int bucket = bucketOf(key);
            if (bucket != current) {
                finish();
                current = bucket;
            }
            if (leaves.size() == StateBucket.PART_ACCOUNTS) {
                fold();
            }
            leaves.add(leaf(key, account));
        }

        private void fold() {
            partRoots.add(MerkleTree.rootOfBytes(leaves));
            leaves.clear();
        }

        void finish() {
            if (!leaves.isEmpty()) {
                fold();
                complete.accept(current, MerkleTree.rootOfParts(partRoots));
                partRoots.clear();
            }
        }
    }
}
