package dev.rensa.protocol.merkle;

import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Hash;
import java.util.List;
import java.util.Optional;

/**
 * The way from one leaf to the root of a {@link MerkleTree}.
 *
 * <p>It proves that the leaf is in the tree. It proves the position too where the number of leaves is known from elsewhere:
 * a root does not commit to that number, and trees of nearby sizes may share the shape of a path.
 *
 * @param index of the leaf, from 0
 * @param treeSize number of leaves
 * @param path the siblings, from the leaf's level upwards; at most 31
 */
public record MerkleProof(int index, int treeSize, List<Hash> path) {

    /**
     * Takes the parts as they come from anybody; only {@link #verify} says whether they prove something.
     *
     * @throws IllegalArgumentException if a tree of that size has no such leaf
     */
    public MerkleProof {
        if (index < 0 || index >= treeSize) {
            throw new IllegalArgumentException("a tree of " + treeSize + " leaves has no leaf " + index);
        }
        path = List.copyOf(path);
    }

    /** Whether the leaf stands at {@link #index} of the tree with this root. */
    public boolean verify(Bytes32 leaf, Hash root) {
        byte[] leafHash = new byte[Hash.LENGTH];
        TreeHasher hasher = new TreeHasher();
        hasher.hashLeaf(leaf, leafHash, 0);
        return leadsTo(root, hasher, Hash.of(leafHash));
    }

    /** Whether a leaf of any length stands at {@link #index} of the tree with this root. */
    public boolean verify(byte[] leaf, Hash root) {
        byte[] leafHash = new byte[Hash.LENGTH];
        TreeHasher hasher = new TreeHasher();
        hasher.hashLeaf(leaf, leafHash, 0);
        return leadsTo(root, hasher, Hash.of(leafHash));
    }

    /** The root that the path leads to from a leaf of any length; empty if the path is not as long as the tree is deep. */
    public Optional<Hash> root(byte[] leaf) {
        byte[] leafHash = new byte[Hash.LENGTH];
        TreeHasher hasher = new TreeHasher();
        hasher.hashLeaf(leaf, leafHash, 0);
        return climb(hasher, Hash.of(leafHash));
    }

    private boolean leadsTo(Hash root, TreeHasher hasher, Hash leafHash) {
        return climb(hasher, leafHash).filter(root::equals).isPresent();
    }

    /** RFC 9162, section 2.1.3.2. A path that is longer or shorter than the tree is deep proves nothing. */
    private Optional<Hash> climb(TreeHasher hasher, Hash leafHash) {
        Hash current = leafHash;
        int node = index;
        int last = treeSize - 1;
        for (Hash sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) != 0 || node == last) {
                current = hasher.hashNode(sibling, current);
                // A last node without a neighbour moves up until it has one.
                int levels = Integer.numberOfTrailingZeros(node);
                node >>>= levels;
                last >>>= levels;
            } else {
                current = hasher.hashNode(current, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 ? Optional.of(current) : Optional.empty();
    }
}
