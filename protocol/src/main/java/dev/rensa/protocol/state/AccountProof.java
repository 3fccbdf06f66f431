package dev.rensa.protocol.state;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.merkle.MerkleTree;
import java.util.List;
import java.util.Optional;

/**
 * What an account had, provable against a header alone (docs/protocol.md §6). The header at a checkpoint height bears the
 * state root of the block one interval below it; whoever trusts that header needs to trust nobody else.
 *
 * <p>An account that exists is proved by its leaf and the way up; one that does not, by all accounts of the bucket in which
 * it would lie.
 */
public sealed interface AccountProof {

    /** The 16 siblings from the bucket to the state root. */
    List<Hash> statePath();

    /**
     * The account as it stood in the state that a root commits to; empty if this proof proves nothing of the kind.
     *
     * @param key whose account was asked for
     */
    Optional<AccountState> verify(PublicKey key, Hash stateRoot);

    /**
     * The account as it stood one checkpoint interval below a header that bears a state root; empty if this proof proves
     * nothing of the kind.
     *
     * @param key whose account was asked for
     * @param header one that the caller trusts: its hash is on a chain with enough work
     */
    default Optional<AccountState> verify(PublicKey key, BlockHeader header) {
        return header.stateRoot().isZero() ? Optional.empty() : verify(key, header.stateRoot());
    }

    /** The proof for an account out of its whole bucket. */
    static AccountProof of(PublicKey key, StateBucket bucket, List<Hash> statePath) {
        List<AccountState> accounts = bucket.accounts();
        Optional<AccountState> account = bucket.find(key);
        if (account.isEmpty()) {
            return new Absent(bucket, statePath);
        }
        List<byte[]> leaves = accounts.stream().map(AccountState::toBytes).toList();
        return new Present(account.get(), MerkleTree.proveBytes(leaves, accounts.indexOf(account.get())), statePath);
    }

    /**
     * The account exists.
     *
     * @param inBucket the way from its leaf to the bucket's root
     */
    record Present(AccountState account, MerkleProof inBucket, List<Hash> statePath) implements AccountProof {

        /** Takes a copy of the list. */
        public Present {
            statePath = List.copyOf(statePath);
        }

        @Override
        public Optional<AccountState> verify(PublicKey key, Hash stateRoot) {
            boolean holds = account.key().equals(key)
                    && !account.isEmpty()
                    && inBucket.root(account.toBytes())
                            .map(bucketRoot -> leadsTo(stateRoot, key, bucketRoot, statePath))
                            .orElse(false);
            return holds ? Optional.of(account) : Optional.empty();
        }
    }

    /**
     * The account does not exist.
     *
     * @param bucket all accounts that lie where it would
     */
    record Absent(StateBucket bucket, List<Hash> statePath) implements AccountProof {

        /** Takes a copy of the list. */
        public Absent {
            statePath = List.copyOf(statePath);
        }

        @Override
        public Optional<AccountState> verify(PublicKey key, Hash stateRoot) {
            boolean holds = bucket.isOrdered(BucketRoots.bucketOf(key))
                    && bucket.find(key).isEmpty()
                    && leadsTo(stateRoot, key, bucket.root(), statePath);
            return holds ? Optional.of(AccountState.absent(key)) : Optional.empty();
        }
    }

    private static boolean leadsTo(Hash stateRoot, PublicKey key, Hash bucketRoot, List<Hash> path) {
        return new MerkleProof(BucketRoots.bucketOf(key), BucketRoots.BUCKETS, path).verify(bucketRoot, stateRoot);
    }
}
