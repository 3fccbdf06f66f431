package dev.rensa.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleProofTest {

    private static final Hash FOREIGN = Hash.fromHex("ab".repeat(32));

    @Test
    void shouldProveEveryLeafOfTreesOfAllSmallSizes() {
        for (int size = 1; size <= 70; size++) {
            List<Hash> leaves = MerkleTreeTest.leaves(size);
            Hash root = MerkleTree.root(leaves);
            for (int index = 0; index < size; index++) {
                MerkleProof proof = MerkleTree.prove(leaves, index);

                assertThat(proof.verify(leaves.get(index), root)).isTrue();
                assertThat(proof.verify(leaves.get(index).toBytes(), root)).isTrue();
                assertThat(proof.verify(FOREIGN, root)).isFalse();
                assertThat(proof.verify(leaves.get(index), FOREIGN)).isFalse();
            }
        }
    }

    @Test
    void shouldProveALeafFromItsPartAsFromTheWholeTree() {
        for (int size = 1; size <= 40; size++) {
            List<byte[]> leaves =
                    MerkleTreeTest.leaves(size).stream().map(Hash::toBytes).toList();
            for (int partSize : new int[] {1, 4, 8}) {
                List<Hash> roots = new ArrayList<>();
                for (int first = 0; first < size; first += partSize) {
                    roots.add(MerkleTree.rootOfBytes(leaves.subList(first, Math.min(first + partSize, size))));
                }
                for (int index = 0; index < size; index++) {
                    int first = index - index % partSize;
                    List<byte[]> part = leaves.subList(first, Math.min(first + partSize, size));

                    assertThat(MerkleTree.proveInPart(part, index, size, roots, partSize))
                            .as("leaf %d of %d in parts of %d", index, size, partSize)
                            .isEqualTo(MerkleTree.proveBytes(leaves, index));
                }
            }
        }
    }

    @Test
    void shouldRefuseAnotherPosition() {
        List<Hash> leaves = MerkleTreeTest.leaves(13);
        Hash root = MerkleTree.root(leaves);

        for (int index = 0; index < 13; index++) {
            List<Hash> path = MerkleTree.prove(leaves, index).path();
            for (int claimed = 0; claimed < 13; claimed++) {
                boolean proven = new MerkleProof(claimed, 13, path).verify(leaves.get(index), root);

                assertThat(proven).as("%d as %d", index, claimed).isEqualTo(claimed == index);
            }
        }
    }

    @Test
    void shouldRefusePathsThatAreTooShortOrTooLong() {
        for (int size = 1; size <= 33; size++) {
            List<Hash> leaves = MerkleTreeTest.leaves(size);
            Hash root = MerkleTree.root(leaves);
            for (int index = 0; index < size; index++) {
                List<Hash> path = MerkleTree.prove(leaves, index).path();
                List<Hash> longer = new ArrayList<>(path);
                longer.add(FOREIGN);

                assertThat(new MerkleProof(index, size, longer).verify(leaves.get(index), root))
                        .isFalse();
                if (!path.isEmpty()) {
                    List<Hash> shorter = path.subList(0, path.size() - 1);
                    assertThat(new MerkleProof(index, size, shorter).verify(leaves.get(index), root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void shouldRefuseATreeSizeOfAnotherDepth() {
        List<Hash> leaves = MerkleTreeTest.leaves(8);
        Hash root = MerkleTree.root(leaves);
        MerkleProof proof = MerkleTree.prove(leaves, 2);

        for (int size : new int[] {3, 4, 9, 16, 1_000_000, Integer.MAX_VALUE}) {
            assertThat(new MerkleProof(2, size, proof.path()).verify(leaves.get(2), root))
                    .as("size %d", size)
                    .isFalse();
        }
    }

    @Test
    void shouldRefuseAnInnerNodeThatPosesAsALeaf() {
        List<Hash> leaves = MerkleTreeTest.leaves(4);
        Hash root = MerkleTree.root(leaves);
        Hash left = MerkleTree.root(leaves.subList(0, 2));
        Hash right = MerkleTree.root(leaves.subList(2, 4));

        MerkleProof forged = new MerkleProof(0, 2, List.of(right));

        assertThat(forged.verify(left, root)).isFalse();
    }

    @Test
    void shouldRefuseALeafThatNoTreeOfThatSizeHas() {
        assertThatThrownBy(() -> new MerkleProof(0, 0, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MerkleProof(5, 5, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MerkleProof(-1, 5, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MerkleProof(0, -1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
