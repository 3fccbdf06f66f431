package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleTree;
import dev.rensa.protocol.state.AccountProof;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a large bucket begin, and their roots.
 *
 * @param firstKeys the first key of each part
 * @param roots in the same order
 * @param accounts in all parts together
 */
record BucketParts(List<byte[]> firstKeys, List<Hash> roots, int accounts) {

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
        int accounts = roots.size() * StateBucket.PART_ACCOUNTS + leaves.size();
        if (!leaves.isEmpty()) {
            roots.add(MerkleTree.rootOfBytes(leaves));
        }
        return new BucketParts(firstKeys, roots, accounts);
    }

    /** The proof that an account exists, if it does; only its part is read. */
    Optional<AccountProof> prove(StorageReader reader, PublicKey key, List<Hash> statePath) {
        byte[] wanted = key.toBytes();
        int part = count() - 1;
        while (part > 0 && Arrays.compareUnsigned(from(part), wanted) > 0) {
            part--;
        }
        AccountState absent = AccountState.absent(key);
        StateBucket bucket = StoredAccounts.range(reader, from(part), until(part, absent.bucket()));
        List<AccountState> inPart = bucket.accounts();
        int before = part * StateBucket.PART_ACCOUNTS;
        return bucket.find(key)
                .map(account -> new AccountProof.Present(
                        account,
                        MerkleTree.proveInPart(
                                inPart.stream().map(AccountState::toBytes).toList(),
                                before + inPart.indexOf(account),
                                accounts,
                                roots,
                                StateBucket.PART_ACCOUNTS),
                        statePath));
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
