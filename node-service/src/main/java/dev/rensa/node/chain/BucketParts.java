package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a large bucket begin, and their roots.
 *
 * @param firstKeys the first key of each part
 * @param roots in the same order
 */
record BucketParts(List<byte[]> firstKeys, List<Hash> roots) {

    /** Reads a whole bucket, one part of it in memory at a time. */
    static BucketParts of(StorageReader reader, int bucket) {
        List<byte[]> firstKeys = new ArrayList<>();
        List<Hash> roots = new ArrayList<>();
        List<byte[]> leaves = new ArrayList<>(StateBucket.PART_ACCOUNTS);
        StoredAccounts.scanLeaves(reader, bucket, (key, leaf) -> {
            if (leaves.isEmpty()) {
                firstKeys.add(key);
            }
            leaves.add(leaf);
            if (leaves.size() == StateBucket.PART_ACCOUNTS) {
                roots.add(MerkleTree.rootOfBytes(leaves));
                leaves.clear();
            }
        });
        if (!leaves.isEmpty()) {
            roots.add(MerkleTree.rootOfBytes(leaves));
        }
        return new BucketParts(firstKeys, roots);
    }

    int count() {
        return roots.size();
    }

    byte[] from(int part) {
        return firstKeys.get(part);
    }

    /** The first key behind a part. */
    byte @Nullable [] until(int part, int bucket) {
        return part + 1 < count() ? firstKeys.get(part + 1) : StoredAccounts.endOf(bucket + 1);
    }
}
