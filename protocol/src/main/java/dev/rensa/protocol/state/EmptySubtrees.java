package dev.rensa.protocol.state;

import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.merkle.MerkleTree;
import java.util.List;

/** Subtrees of buckets without accounts, which look alike wherever they stand. */
final class EmptySubtrees {

    /** Root of a bucket without accounts: the hash of an empty tree. */
    static final Hash EMPTY_BUCKET = MerkleTree.root(List.of());

    private static final int HEIGHT = 16;
    private static final byte[] LEAF_PREFIX = {0};
    private static final byte[] NODE_PREFIX = {1};

    /** By the height above the buckets. */
    private static final Hash[] HASHES = hashes();

    private EmptySubtrees() {}

    private static Hash[] hashes() {
        Hash[] hashes = new Hash[HEIGHT + 1];
        hashes[0] = leaf(EMPTY_BUCKET);
        for (int height = 1; height < hashes.length; height++) {
            hashes[height] = node(hashes[height - 1], hashes[height - 1]);
        }
        return hashes;
    }

    static Hash ofHeight(int height) {
        return HASHES[height];
    }

    /** A bucket root as a leaf of RFC 6962. */
    static Hash leaf(Hash bucketRoot) {
        return Hash.of(Sha256.hash(LEAF_PREFIX, bucketRoot.toBytes()));
    }

    /** An inner node of RFC 6962 at this height; two empty subtrees are not hashed again. */
    static Hash inner(Hash left, Hash right, int height) {
        Hash empty = HASHES[height - 1];
        return left.equals(empty) && right.equals(empty) ? HASHES[height] : node(left, right);
    }

    private static Hash node(Hash left, Hash right) {
        return Hash.of(Sha256.hash(NODE_PREFIX, left.toBytes(), right.toBytes()));
    }
}
