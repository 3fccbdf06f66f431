package dev.rensa.protocol.merkle;

import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * RFC 6962's two hash functions on buffers that are used again and again, so that a block's tree costs no allocation for
 * a leaf or a node. For one thread.
 */
final class TreeHasher {

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = Sha256.newDigest();
    private final byte[] leaf = new byte[1 + Hash.LENGTH];
    private final byte[] node = new byte[1 + 2 * Hash.LENGTH];

    TreeHasher() {
        leaf[0] = LEAF;
        node[0] = NODE;
    }

    /** Writes {@code SHA-256(0x00 ‖ value)} into {@code target}. */
    void hashLeaf(Bytes32 value, byte[] target, int offset) {
        value.writeTo(leaf, 1);
        digest.update(leaf);
        finish(target, offset);
    }

    /** Writes {@code SHA-256(0x00 ‖ value)} into {@code target}. */
    void hashLeaf(byte[] value, byte[] target, int offset) {
        digest.update(LEAF);
        digest.update(value);
        finish(target, offset);
    }

    /** Writes {@code SHA-256(0x01 ‖ left ‖ right)}, whose arguments lie side by side, into {@code target}. */
    void hashNode(byte[] source, int children, byte[] target, int offset) {
        System.arraycopy(source, children, node, 1, 2 * Hash.LENGTH);
        digest.update(node);
        finish(target, offset);
    }

    /** {@code SHA-256(0x01 ‖ left ‖ right)}. */
    Hash hashNode(Hash left, Hash right) {
        left.writeTo(node, 1);
        right.writeTo(node, 1 + Hash.LENGTH);
        return Hash.of(digest.digest(node));
    }

    private void finish(byte[] target, int offset) {
        try {
            digest.digest(target, offset, Hash.LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("the buffer must have room for a hash", e);
        }
    }
}
