package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.PublicKey;

/** Identity of a node: the BIP-340 key it proves to hold in every handshake. Addresses come and go, this stays. */
public record NodeKey(PublicKey key) implements Comparable<NodeKey> {

    @Override
    public int compareTo(NodeKey other) {
        return key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return key.toHex();
    }
}
