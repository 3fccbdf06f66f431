package dev.rensa.node.peer;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.Work;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Valid bytes of what peers send, to begin fuzzing from. */
public final class PeerSeeds {
    private PeerSeeds() {}

    public static List<byte[]> transactions() {
        return List.of(
                MessageSamples.transaction(0, "").toBytes(),
                MessageSamples.transaction(7, "連鎖").toBytes());
    }

    public static List<byte[]> headers() {
        return List.of(
                MessageSamples.header(1).toBytes(), MessageSamples.header(100).toBytes());
    }

    public static List<byte[]> blocks() {
        return List.of(
                new Block(MessageSamples.header(1), List.of()).toBytes(),
                new Block(
                                MessageSamples.header(2),
                                List.of(MessageSamples.transaction(0, "memo"), MessageSamples.transaction(1, "")))
                        .toBytes());
    }

    /** One of each type, without the length before it. */
    public static List<byte[]> messages() {
        return MessageSamples.all().values().stream().map(MessageCodec::encode).toList();
    }

    /** A way to cut, then frames. */
    public static List<byte[]> streams() {
        ByteWriter all = new ByteWriter(4_096).writeU8(16);
        List<byte[]> streams = new ArrayList<>();
        MessageSamples.all().values().forEach(message -> {
            byte[] frame = Frames.of(message);
            all.writeBytes(frame);
            streams.add(new ByteWriter(64).writeU8(3).writeBytes(frame).toBytes());
        });
        streams.add(all.toBytes());
        streams.add(new ByteWriter(512)
                .writeU8(0x80)
                .writeBytes(Frames.of(payload(FrameType.HELLO, hellos().getFirst())))
                .toBytes());
        return streams;
    }

    public static List<byte[]> hellos() {
        return List.of(hello(Optional.empty()), hello(Optional.of("node-0.rensa")), hello(Optional.of("10.1.2.3")));
    }

    /** A side, then payloads behind their lengths less one. */
    public static List<byte[]> handshakes() {
        byte[] hello = payload(FrameType.HELLO, hellos().getFirst());
        byte[] proof = payload(FrameType.PROOF, new byte[64]);
        byte[] welcome = payload(FrameType.WELCOME, new byte[0]);
        List<byte[]> handshakes = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            handshakes.add(new ByteWriter(1_024)
                    .writeU8(side)
                    .writeU16(hello.length - 1)
                    .writeBytes(hello)
                    .writeU16(proof.length - 1)
                    .writeBytes(proof)
                    .writeU16(welcome.length - 1)
                    .writeBytes(welcome)
                    .toBytes());
        }
        return handshakes;
    }

    private static byte[] hello(Optional<String> host) {
        return new Hello(
                        MessageSamples.hash("network"),
                        new NodeKey(PublicKey.of(MessageSamples.hash("key").toBytes())),
                        Hash.of(MessageSamples.hash("challenge").toBytes()),
                        7_400,
                        host,
                        "node-1",
                        "rensa/1.0",
                        new LocalTip(12, MessageSamples.hash("tip"), new Work(BigInteger.TEN)))
                .toBytes();
    }

    private static byte[] payload(FrameType type, byte[] body) {
        return new ByteWriter(1 + body.length)
                .writeU8(type.number())
                .writeBytes(body)
                .toBytes();
    }
}
