package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.merkle.MerkleTree;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The RFC 6962 tree over the roots of the 65,536 account buckets (design §3). As that number is a power of two the tree is
 * perfect, and a changed bucket costs sixteen hashes. At most 8 MiB; an untouched subtree costs nothing. For one thread.
 */
final class StateTree {
    /** Accounts are spread by the first two bytes of their key. */
    static final int BUCKETS = 1 << 16;

    /** Root of a bucket without accounts: the hash of an empty tree. */
    static final Hash EMPTY_BUCKET = MerkleTree.root(List.of());

    private static final int LEVELS = 16;
    private static final byte[] LEAF_PREFIX = {0};
    private static final byte[] NODE_PREFIX = {1};

    /** Hash of a subtree of empty buckets, by its height above the leaves. */
    private static final Hash[] EMPTY_SUBTREES = emptySubtrees();

    /** Node 1 is the root, the children of node n are 2n and 2n + 1; null is a subtree of empty buckets. */
    private final @Nullable Hash[] nodes = new @Nullable Hash[2 * BUCKETS];

    /** Replaces the roots of some buckets. */
    void update(Map<Integer, Hash> bucketRoots) {
        BitSet changed = new BitSet();
        bucketRoots.forEach((bucket, root) -> {
            nodes[BUCKETS + bucket] = leaf(root);
            changed.set((BUCKETS + bucket) / 2);
        });
        for (int level = 1; level <= LEVELS; level++) {
            fold(changed, level);
        }
    }

    /** The state root. */
    Hash root() {
        return node(1, LEVELS);
    }

    /** Hashes the changed nodes of a level again, and marks their parents. */
    private void fold(BitSet changed, int level) {
        int first = BUCKETS >> level;
        for (int node = changed.nextSetBit(first); node >= 0 && node < 2 * first; node = changed.nextSetBit(node + 1)) {
            nodes[node] = inner(node(2 * node, level - 1), node(2 * node + 1, level - 1));
            changed.set(node / 2);
        }
    }

    private Hash node(int node, int level) {
        Hash hash = nodes[node];
        return hash == null ? EMPTY_SUBTREES[level] : hash;
    }

    private static Hash[] emptySubtrees() {
        Hash[] hashes = new Hash[LEVELS + 1];
        hashes[0] = leaf(EMPTY_BUCKET);
        for (int level = 1; level <= LEVELS; level++) {
            hashes[level] = inner(hashes[level - 1], hashes[level - 1]);
        }
        return hashes;
    }

    private static Hash leaf(Hash bucketRoot) {
        return Hash.of(Sha256.hash(LEAF_PREFIX, bucketRoot.toBytes()));
    }

    private static Hash inner(Hash left, Hash right) {
        return Hash.of(Sha256.hash(NODE_PREFIX, left.toBytes(), right.toBytes()));
    }
}
