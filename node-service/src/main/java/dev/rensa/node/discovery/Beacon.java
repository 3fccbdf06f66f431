package dev.rensa.node.discovery;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Optional;

/**
 * What a node calls out on its local network. It is hearsay like any address: who is there shows in the handshake.
 *
 * <pre>
 * u32 magic | u8 version | 32 network | 32 nodeKey | u16 port
 * </pre>
 *
 * @param network hash of block 0
 * @param port where the node listens for peers, at the address that the datagram comes from
 */
record Beacon(BlockHash network, NodeKey nodeKey, int port) {

    /** {@code RNSB} in ASCII. */
    private static final int MAGIC = 0x524e_5342;

    private static final int VERSION = 1;

    /** A datagram of any other length is none. */
    static final int BYTES = Integer.BYTES + 1 + BlockHash.LENGTH + PublicKey.LENGTH + 2;

    byte[] toBytes() {
        return new ByteWriter(BYTES)
                .writeInt(MAGIC)
                .writeU8(VERSION)
                .writeFixed(network)
                .writeFixed(nodeKey.key())
                .writeU16(port)
                .toBytes();
    }

    /** Reads a datagram; empty if it is something else. */
    static Optional<Beacon> parse(byte[] datagram) {
        if (datagram.length != BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteReader.decodeAll(datagram, Beacon::read));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Beacon read(ByteReader reader) {
        if (reader.readInt() != MAGIC || reader.readU8() != VERSION) {
            throw new MalformedException(RejectionReason.MALFORMED, "not a beacon of this version");
        }
        BlockHash network = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        NodeKey key = new NodeKey(reader.readFixed(PublicKey.LENGTH, PublicKey::of));
        int port = reader.readU16();
        if (port == 0) {
            throw new MalformedException(RejectionReason.MALFORMED, "a beacon names port 0");
        }
        return new Beacon(network, key, port);
    }
}
