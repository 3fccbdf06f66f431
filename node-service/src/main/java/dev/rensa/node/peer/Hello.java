package dev.rensa.node.peer;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Bytes32;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What each side says of itself before anything else. Magic and version come first and never move, so that any two
 * versions can tell each other why they part.
 *
 * <pre>
 * u32 magic | u16 protocolVersion | 32 network | 32 nodeKey | 32 challenge | u16 listenPort | u16 n, n listenHost
 * | u16 n, n name | u16 n, n agent | u64 height | 32 tip | 32 work
 * </pre>
 *
 * @param network hash of block 0
 * @param challenge 32 random bytes, fresh for every connection
 * @param listenPort 0 if it does not listen
 * @param listenHost where others reach it; empty: at the address that the connection comes from
 */
record Hello(
        BlockHash network,
        NodeKey nodeKey,
        Hash challenge,
        int listenPort,
        Optional<String> listenHost,
        String name,
        String agent,
        LocalTip tip) {

    /** {@code RNSA} in ASCII. */
    static final int MAGIC = 0x524e_5341;

    /** Raised whenever old and new nodes can no longer understand each other. */
    static final int PROTOCOL_VERSION = 1;

    /** Longest name and longest agent, in characters. */
    static final int MAX_TEXT_LENGTH = 64;

    /** Longest body. */
    static final int MAX_BYTES = Integer.BYTES
            + 2
            + 3 * Bytes32.LENGTH
            + 2
            + (2 + PeerAddress.MAX_HOST_LENGTH)
            + 2 * (2 + MAX_TEXT_LENGTH)
            + Long.BYTES
            + BlockHash.LENGTH
            + Work.LENGTH;

    byte[] toBytes() {
        return new ByteWriter(MAX_BYTES)
                .writeInt(MAGIC)
                .writeU16(PROTOCOL_VERSION)
                .writeFixed(network)
                .writeFixed(nodeKey.key())
                .writeFixed(challenge)
                .writeU16(listenPort)
                .writeSized16(listenHost.orElse("").getBytes(StandardCharsets.US_ASCII))
                .writeSized16(name.getBytes(StandardCharsets.US_ASCII))
                .writeSized16(agent.getBytes(StandardCharsets.US_ASCII))
                .writeU63(tip.height())
                .writeFixed(tip.hash())
                .writeBytes(tip.work().toBytes())
                .toBytes();
    }

    /**
     * Reads exactly one.
     *
     * @throws MalformedException if it is of another protocol or version, or not canonical
     */
    static Hello decode(byte[] body) {
        return ByteReader.decodeAll(body, Hello::read);
    }

    private static Hello read(ByteReader reader) {
        if (reader.readInt() != MAGIC) {
            throw new MalformedException(RejectionReason.MALFORMED, "what connected does not speak Rensa's protocol");
        }
        int version = reader.readU16();
        if (version != PROTOCOL_VERSION) {
            throw new MalformedException(
                    RejectionReason.PROTOCOL_VERSION_MISMATCH,
                    "the peer speaks protocol version " + version + ", this node " + PROTOCOL_VERSION);
        }
        BlockHash network = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        NodeKey nodeKey = new NodeKey(reader.readFixed(PublicKey.LENGTH, PublicKey::of));
        Hash challenge = reader.readFixed(Hash.LENGTH, Hash::of);
        int listenPort = reader.readU16();
        Optional<String> listenHost = readOptionalHost(reader);
        String name = readText(reader);
        String agent = readText(reader);
        long height = reader.readU63();
        BlockHash tip = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
        Work work = Work.fromBytes(reader.readBytes(Work.LENGTH));
        return new Hello(
                network, nodeKey, challenge, listenPort, listenHost, name, agent, new LocalTip(height, tip, work));
    }

    /** Whether a text can stand as name or agent: at most 64 characters of printable ASCII. */
    static boolean isText(String text) {
        return text.length() <= MAX_TEXT_LENGTH && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    }

    private static String readText(ByteReader reader) {
        String text = new String(reader.readSized16(MAX_TEXT_LENGTH), StandardCharsets.ISO_8859_1);
        if (!isText(text)) {
            throw new MalformedException(RejectionReason.MALFORMED, "a name or agent is not printable ASCII");
        }
        return text;
    }

    private static Optional<String> readOptionalHost(ByteReader reader) {
        String host = MessageCodec.readHostOrEmpty(reader);
        return host.isEmpty() ? Optional.empty() : Optional.of(host);
    }
}
