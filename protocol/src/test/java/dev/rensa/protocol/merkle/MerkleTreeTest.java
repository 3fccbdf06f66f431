package dev.rensa.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.VectorFile;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MerkleTreeTest {

    private static final List<byte[]> REFERENCE_LEAVES = VectorFile.lines("rfc-6962/leaves.txt").stream()
            .map(line -> line.equals("-") ? new byte[0] : HexFormat.of().parseHex(line))
            .toList();

    @ParameterizedTest
    @MethodSource("referenceRoots")
    void shouldFindTheRootsOfTheReferenceTree(String line) {
        List<String> columns = List.of(line.split(" "));
        int size = Integer.parseInt(columns.get(0));

        Hash root = MerkleTree.rootOfBytes(REFERENCE_LEAVES.subList(0, size));

        assertThat(root.toHex()).isEqualTo(columns.get(1));
    }

    @ParameterizedTest
    @MethodSource("referencePaths")
    void shouldFindTheAuditPathsOfTheReferenceTree(String line) {
        List<String> columns = List.of(line.split(" "));
        int index = Integer.parseInt(columns.get(0));
        int size = Integer.parseInt(columns.get(1));
        List<Hash> expected = columns.stream().skip(2).map(Hash::fromHex).toList();
        List<byte[]> leaves = REFERENCE_LEAVES.subList(0, size);

        MerkleProof proof = MerkleTree.proveBytes(leaves, index);

        assertThat(proof).isEqualTo(new MerkleProof(index, size, expected));
        assertThat(proof.verify(leaves.get(index), MerkleTree.rootOfBytes(leaves)))
                .isTrue();
    }

    @Test
    void shouldAgreeWithTheRecursiveDefinition() {
        for (int size = 0; size <= 130; size++) {
            List<Hash> leaves = leaves(size);

            assertThat(MerkleTree.root(leaves)).as("%d leaves", size).isEqualTo(byDefinition(leaves));
        }
    }

    @Test
    void shouldFindTheRootFromThoseOfEqualParts() {
        for (int size = 1; size <= 70; size++) {
            List<Hash> leaves = leaves(size);
            for (int part = 1; part <= 32; part *= 2) {
                List<Hash> roots = new ArrayList<>();
                for (int first = 0; first < size; first += part) {
                    roots.add(MerkleTree.root(leaves.subList(first, Math.min(first + part, size))));
                }

                assertThat(MerkleTree.rootOfParts(roots))
                        .as("%d leaves in parts of %d", size, part)
                        .isEqualTo(byDefinition(leaves));
            }
        }
    }

    @Test
    void shouldFindTheSameRootForLeavesAsObjectsAndAsBytes() {
        List<Hash> leaves = leaves(21);
        List<TransactionId> ids =
                leaves.stream().map(leaf -> TransactionId.of(leaf.toBytes())).toList();

        assertThat(MerkleTree.rootOfBytes(leaves.stream().map(Hash::toBytes).toList()))
                .isEqualTo(MerkleTree.root(leaves));
        assertThat(MerkleTree.root(ids)).isEqualTo(MerkleTree.root(leaves));
    }

    @Test
    void shouldNeverGiveTwoListsOneRoot() {
        List<Hash> three = leaves(3);
        List<Hash> lastTwice = List.of(three.get(0), three.get(1), three.get(2), three.get(2));
        List<Hash> swapped = List.of(three.get(1), three.get(0), three.get(2));

        assertThat(MerkleTree.root(lastTwice)).isNotEqualTo(MerkleTree.root(three));
        assertThat(MerkleTree.root(swapped)).isNotEqualTo(MerkleTree.root(three));
    }

    @Test
    void shouldHashTheLeavesOfAFullBlock() {
        List<Hash> leaves = leaves(20_000);
        int index = 13_337;

        MerkleProof proof = MerkleTree.prove(leaves, index);

        assertThat(proof.verify(leaves.get(index), MerkleTree.root(leaves))).isTrue();
        assertThat(proof.path()).hasSize(15);
    }

    @Test
    void shouldRefuseToProveALeafThatIsNotThere() {
        List<Hash> leaves = leaves(4);

        assertThatThrownBy(() -> MerkleTree.prove(leaves, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MerkleTree.prove(leaves, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MerkleTree.prove(leaves(0), 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MerkleTree.proveBytes(List.of(), 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    static List<String> referenceRoots() {
        return VectorFile.lines("rfc-6962/roots.txt");
    }

    static List<String> referencePaths() {
        return VectorFile.lines("rfc-6962/paths.txt");
    }

    static List<Hash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Hash.of(Sha256.hash(new byte[] {(byte) (i >>> 16), (byte) (i >>> 8), (byte) i})))
                .toList();
    }

    /** RFC 6962, section 2.1, word for word: split at the largest power of two below the number of leaves. */
    private static Hash byDefinition(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.of(Sha256.hash());
        }
        if (leaves.size() == 1) {
            return Hash.of(Sha256.hash(new byte[] {0}, leaves.getFirst().toBytes()));
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return Stream.of(leaves.subList(0, split), leaves.subList(split, leaves.size()))
                .map(MerkleTreeTest::byDefinition)
                .reduce((left, right) -> Hash.of(Sha256.hash(new byte[] {1}, left.toBytes(), right.toBytes())))
                .orElseThrow();
    }
}
