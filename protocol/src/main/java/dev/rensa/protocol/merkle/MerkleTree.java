package dev.rensa.protocol.merkle;

import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The Merkle tree of RFC 6962, section 2.1. Leaves and inner nodes are hashed behind different prefixes, so that neither
 * can pose as the other, and no leaf is ever counted twice, so that two lists never share a root.
 */
public final class MerkleTree {

    /** Nodes that can wait for a right neighbour at once: one for each bit of the number of leaves. */
    private static final int MAX_DEPTH = 32;

    private static final Hash EMPTY_ROOT = Hash.of(Sha256.hash());

    private MerkleTree() {}

    /** The root over 32-byte leaves in the given order; that of no leaves is the hash of nothing. */
    public static Hash root(List<? extends Bytes32> leaves) {
        RootBuilder builder = new RootBuilder();
        for (Bytes32 leaf : leaves) {
            builder.add(leaf);
        }
        return builder.root();
    }

    /** The root over leaves of any length, in the given order; that of no leaves is the hash of nothing. */
    public static Hash rootOfBytes(List<byte[]> leaves) {
        RootBuilder builder = new RootBuilder();
        for (byte[] leaf : leaves) {
            builder.add(leaf);
        }
        return builder.root();
    }

    /**
     * The root over leaves of which only the roots of equal parts are known: each part but the last has the same number of
     * leaves, a power of two.
     *
     * @param roots of the parts, in order
     */
    public static Hash rootOfParts(List<Hash> roots) {
        RootBuilder builder = new RootBuilder();
        for (Hash root : roots) {
            builder.addPart(root);
        }
        return builder.root();
    }

    /**
     * The proof that the leaf at {@code index}, counted from 0, is in the tree.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public static MerkleProof prove(List<? extends Bytes32> leaves, int index) {
        Objects.checkIndex(index, leaves.size());
        TreeHasher hasher = new TreeHasher();
        byte[] level = levelFor(leaves.size());
        int offset = 0;
        for (Bytes32 leaf : leaves) {
            hasher.hashLeaf(leaf, level, offset);
            offset += Hash.LENGTH;
        }
        return new MerkleProof(index, leaves.size(), path(hasher, level, leaves.size(), index));
    }

    /**
     * The proof that the leaf at {@code index}, counted from 0, is in the tree of {@link #rootOfBytes}.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public static MerkleProof proveBytes(List<byte[]> leaves, int index) {
        Objects.checkIndex(index, leaves.size());
        TreeHasher hasher = new TreeHasher();
        byte[] level = levelFor(leaves.size());
        int offset = 0;
        for (byte[] leaf : leaves) {
            hasher.hashLeaf(leaf, level, offset);
            offset += Hash.LENGTH;
        }
        return new MerkleProof(index, leaves.size(), path(hasher, level, leaves.size(), index));
    }

    /**
     * The proof for a leaf of a tree of which only one part is at hand, and of all parts the roots, as for {@link
     * #rootOfParts}.
     *
     * @param leaves of the part in which the leaf lies
     * @param index of the leaf in the whole tree, from 0
     * @param treeSize leaves of the whole tree
     * @param roots of all parts, in order
     * @param partSize leaves of every part but the last, a power of two
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public static MerkleProof proveInPart(
            List<byte[]> leaves, int index, int treeSize, List<Hash> roots, int partSize) {
        List<Hash> path = new ArrayList<>(proveBytes(leaves, index % partSize).path());
        byte[] level = levelFor(roots.size());
        for (int part = 0; part < roots.size(); part++) {
            System.arraycopy(roots.get(part).toBytes(), 0, level, part * Hash.LENGTH, Hash.LENGTH);
        }
        path.addAll(path(new TreeHasher(), level, roots.size(), index / partSize));
        return new MerkleProof(index, treeSize, path);
    }

    private static byte[] levelFor(int leafCount) {
        return new byte[Math.multiplyExact(leafCount, Hash.LENGTH)];
    }

    /**
     * Collects the sibling on every level, from the leaves upwards, and folds the level in place. A last node without a
     * neighbour moves up as it is, which is what RFC 6962's split at the largest power of two amounts to.
     */
    private static List<Hash> path(TreeHasher hasher, byte[] level, int leafCount, int index) {
        List<Hash> path = new ArrayList<>(MAX_DEPTH);
        int position = index;
        for (int width = leafCount; width > 1; width = (width + 1) / 2) {
            int sibling = position ^ 1;
            if (sibling < width) {
                path.add(Hash.of(level, sibling * Hash.LENGTH));
            }
            for (int node = 0; node < width / 2; node++) {
                hasher.hashNode(level, 2 * node * Hash.LENGTH, level, node * Hash.LENGTH);
            }
            if (width % 2 != 0) {
                System.arraycopy(level, (width - 1) * Hash.LENGTH, level, width / 2 * Hash.LENGTH, Hash.LENGTH);
            }
            position /= 2;
        }
        return path;
    }

    /**
     * Takes the leaves one after another and keeps only the roots of the complete subtrees so far, largest first: one
     * kilobyte, however many leaves there are.
     */
    private static final class RootBuilder {

        private final TreeHasher hasher = new TreeHasher();
        private final byte[] pending = new byte[(MAX_DEPTH + 1) * Hash.LENGTH];
        private int pendingCount;
        private int leafCount;

        void add(Bytes32 leaf) {
            hasher.hashLeaf(leaf, pending, pendingCount * Hash.LENGTH);
            mergeCompleted();
        }

        void add(byte[] leaf) {
            hasher.hashLeaf(leaf, pending, pendingCount * Hash.LENGTH);
            mergeCompleted();
        }

        void addPart(Hash root) {
            System.arraycopy(root.toBytes(), 0, pending, pendingCount * Hash.LENGTH, Hash.LENGTH);
            mergeCompleted();
        }

        Hash root() {
            if (leafCount == 0) {
                return EMPTY_ROOT;
            }
            while (pendingCount > 1) {
                mergeLastTwo();
            }
            return Hash.of(pending, 0);
        }

        private void mergeCompleted() {
            pendingCount++;
            leafCount++;
            // Every trailing zero bit of the count is a pair of equal subtrees that just became complete.
            for (int merges = Integer.numberOfTrailingZeros(leafCount); merges > 0; merges--) {
                mergeLastTwo();
            }
        }

        private void mergeLastTwo() {
            int left = (pendingCount - 2) * Hash.LENGTH;
            hasher.hashNode(pending, left, pending, left);
            pendingCount--;
        }
    }
}
