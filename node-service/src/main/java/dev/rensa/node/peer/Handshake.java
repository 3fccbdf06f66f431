package dev.rensa.node.peer;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One side of a handshake, as a machine that takes payloads and answers payloads:
 *
 * <pre>
 * dialer                    listener
 *   HELLO  ─────────────────▶
 *          ◀───────────────── HELLO, PROOF
 *   PROOF  ─────────────────▶ admits or refuses
 *          ◀───────────────── WELCOME or GOODBYE
 * </pre>
 *
 * <p>The listener answers a greeting of another network with its own before it refuses, so that both logs can show both
 * hashes. The listener alone decides with knowledge of both proofs; the dialer is connected when welcomed.
 */
final class Handshake {

    /**
     * What a payload led to.
     *
     * @param replies to send, in order
     * @param refusal why the connection ends; said in a goodbye after the replies
     * @param complete whether the other side has proved its key and, to the dialer, said welcome
     */
    record Step(List<byte[]> replies, Optional<Rejection> refusal, boolean complete) {
        private static Step reply(byte[]... replies) {
            return new Step(List.of(replies), Optional.empty(), false);
        }

        private static Step refuse(Rejection refusal, byte[]... replies) {
            return new Step(List.of(replies), Optional.of(refusal), false);
        }

        private static Step completed() {
            return new Step(List.of(), Optional.empty(), true);
        }
    }

    private enum Awaits {
        HELLO,
        PROOF,
        WELCOME,
        NOTHING
    }

    private final NodeIdentity identity;
    private final boolean dialed;
    private final byte[] ownHello;
    private final byte[] binding;
    private final Function<Hello, Optional<Rejection>> judgeHello;
    private final Function<NodeKey, Optional<Rejection>> judgeProven;

    private Awaits awaits = Awaits.HELLO;
    private byte[] theirHello = {};
    private @Nullable Hello their;
    private boolean proven;

    /**
     * Starts one.
     *
     * @param dialed whether this side made the connection
     * @param binding what is unique to the TLS session, the same on both sides; empty without TLS
     * @param judgeHello what the greeting itself rules out: another network, ourselves, a key not allowed
     * @param judgeProven what rules out a node whose key is proved, asked by the dialer before it proves its own
     */
    Handshake(
            NodeIdentity identity,
            boolean dialed,
            Hello own,
            byte[] binding,
            Function<Hello, Optional<Rejection>> judgeHello,
            Function<NodeKey, Optional<Rejection>> judgeProven) {
        this.identity = identity;
        this.dialed = dialed;
        this.ownHello = own.toBytes();
        this.binding = binding.clone();
        this.judgeHello = judgeHello;
        this.judgeProven = judgeProven;
    }

    /** The dialer's first payload. */
    byte[] greeting() {
        return payload(FrameType.HELLO, ownHello);
    }

    /** The listener's last payload, once it has admitted the dialer. */
    static byte[] welcome() {
        return payload(FrameType.WELCOME, new byte[0]);
    }

    /** What the other side said of itself; null before it did. */
    @Nullable
    Hello their() {
        return their;
    }

    /** The other side's key, once it is proved. */
    Optional<NodeKey> provenKey() {
        return proven ? Optional.ofNullable(their).map(Hello::nodeKey) : Optional.empty();
    }

    /**
     * Takes the next payload, which is not a goodbye.
     *
     * @throws MalformedException if it is not canonical or not what comes next
     */
    Step receive(byte[] payload) {
        FrameType type = FrameType.ofNumber(payload[0] & 0xff);
        byte[] body = Arrays.copyOfRange(payload, FrameType.TYPE_BYTES, payload.length);
        return switch (awaits) {
            case HELLO -> {
                expect(FrameType.HELLO, type);
                yield onHello(body);
            }
            case PROOF -> {
                expect(FrameType.PROOF, type);
                yield onProof(body);
            }
            case WELCOME -> {
                expect(FrameType.WELCOME, type);
                awaits = Awaits.NOTHING;
                yield Step.completed();
            }
            case NOTHING -> throw unexpected(type);
        };
    }

    private Step onHello(byte[] body) {
        Hello hello = Hello.decode(body);
        theirHello = body;
        their = hello;
        awaits = Awaits.PROOF;
        Optional<Rejection> refusal = judgeHello.apply(hello);
        if (dialed) {
            return refusal.map(Step::refuse).orElseGet(Step::reply);
        }
        return refusal.map(why -> Step.refuse(why, greeting())).orElseGet(() -> Step.reply(greeting(), ownProof()));
    }

    private Step onProof(byte[] body) {
        Signature proof = ByteReader.decodeAll(body, reader -> Signature.of(reader.readBytes(Signature.LENGTH)));
        NodeKey key = requireTheir().nodeKey();
        if (!HandshakeProof.verify(key, !dialed, dialerHello(), listenerHello(), binding, proof)) {
            return Step.refuse(new Rejection(
                    RejectionReason.INVALID_NODE_KEY_PROOF,
                    "the peer could not prove that it holds node key " + key
                            + (binding.length == 0 ? "" : " on this very TLS connection")));
        }
        proven = true;
        if (!dialed) {
            awaits = Awaits.NOTHING;
            return Step.completed();
        }
        awaits = Awaits.WELCOME;
        return judgeProven.apply(key).map(Step::refuse).orElseGet(() -> Step.reply(ownProof()));
    }

    private Hello requireTheir() {
        if (their == null) {
            throw new IllegalStateException("a proof is awaited only after a greeting");
        }
        return their;
    }

    private byte[] ownProof() {
        Signature proof = HandshakeProof.sign(identity, dialed, dialerHello(), listenerHello(), binding);
        return payload(FrameType.PROOF, proof.toBytes());
    }

    private byte[] dialerHello() {
        return dialed ? ownHello : theirHello;
    }

    private byte[] listenerHello() {
        return dialed ? theirHello : ownHello;
    }

    private static byte[] payload(FrameType type, byte[] body) {
        byte[] payload = new byte[FrameType.TYPE_BYTES + body.length];
        payload[0] = (byte) type.number();
        System.arraycopy(body, 0, payload, FrameType.TYPE_BYTES, body.length);
        return payload;
    }

    private static void expect(FrameType expected, FrameType actual) {
        if (actual != expected) {
            throw unexpected(actual);
        }
    }

    private static MalformedException unexpected(FrameType type) {
        return new MalformedException(RejectionReason.UNEXPECTED_MESSAGE, type + " came out of turn in the handshake");
    }
}
