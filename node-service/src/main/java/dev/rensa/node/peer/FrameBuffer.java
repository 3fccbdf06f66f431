package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into payloads: {@code u32 length | payload}, where the payload's first byte is its type. A length
 * beyond its type's limit is refused as soon as it can be read, and memory is taken as bytes arrive, never on the strength
 * of a declared length.
 *
 * <p>Not thread-safe: it belongs to its connection's event loop.
 */
final class FrameBuffer {

    /** Length and type. */
    static final int HEAD_BYTES = Integer.BYTES + FrameType.TYPE_BYTES;

    /** A payload's first allocation; it doubles with what has arrived. */
    private static final int FIRST_ALLOCATION = 16 * 1024;

    /** First bytes of a TLS record (RFC 8446, 5.1): far beyond the length of any frame. */
    private static final byte TLS_ALERT = 0x15;

    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte TLS_MAJOR_VERSION = 3;

    private final FrameGate gate;

    private byte[] chunk = {};
    private int chunkPosition;

    private final byte[] head = new byte[HEAD_BYTES];
    private int headLength;

    private byte @Nullable [] payload;
    private int payloadLength;
    private int declaredLength;
    private boolean handshakeOnly = true;

    FrameBuffer(FrameGate gate) {
        this.gate = gate;
    }

    /** From now on any type may come. Before, nothing long is accepted from a stranger. */
    void endHandshake() {
        handshakeOnly = false;
    }

    /** Bytes that have arrived of the payload under way; 0 between two. */
    int arrivedBytes() {
        return payload == null ? 0 : payloadLength;
    }

    /** Whether bytes that arrived still wait to be cut. */
    boolean hasBufferedBytes() {
        return chunkPosition < chunk.length;
    }

    /** Takes the next bytes of the stream, which the caller gives away. */
    void append(byte[] bytes) {
        if (!hasBufferedBytes()) {
            chunk = bytes;
        } else {
            int left = chunk.length - chunkPosition;
            byte[] joined = Arrays.copyOfRange(chunk, chunkPosition, chunkPosition + left + bytes.length);
            System.arraycopy(bytes, 0, joined, left, bytes.length);
            chunk = joined;
        }
        chunkPosition = 0;
    }

    /**
     * The next whole payload, null when more bytes must come first or the gate is shut.
     *
     * @throws MalformedException if the stream is not one of frames, after which nothing more can be read from it
     */
    byte @Nullable [] next() {
        if (payload == null) {
            fillHead();
            if (headLength < HEAD_BYTES || !gate.begin(headType(), declaredLength)) {
                return null;
            }
            byte[] started = new byte[Math.min(declaredLength, FIRST_ALLOCATION)];
            started[0] = head[Integer.BYTES];
            payload = started;
            payloadLength = FrameType.TYPE_BYTES;
        }
        byte[] filled = fill(payload);
        payload = filled;
        if (payloadLength < declaredLength) {
            return null;
        }
        payload = null;
        headLength = 0;
        return filled;
    }

    private void fillHead() {
        while (headLength < HEAD_BYTES && hasBufferedBytes()) {
            head[headLength++] = chunk[chunkPosition++];
            if (headLength == Integer.BYTES) {
                declaredLength = readLength();
            }
            if (headLength == HEAD_BYTES) {
                checkType();
            }
        }
    }

    private int readLength() {
        int length = ((head[0] & 0xff) << 24) | ((head[1] & 0xff) << 16) | ((head[2] & 0xff) << 8) | (head[3] & 0xff);
        if (handshakeOnly && head[1] == TLS_MAJOR_VERSION && (head[0] == TLS_ALERT || head[0] == TLS_HANDSHAKE)) {
            throw new MalformedException(
                    RejectionReason.TLS_FAILED, "the peer speaks TLS, and this node is not set to (rensa.peer.tls)");
        }
        if (length < FrameType.TYPE_BYTES || length > MessageLimits.MAX_FRAME_BYTES) {
            throw new MalformedException(
                    length == 0 ? RejectionReason.MALFORMED : RejectionReason.SIZE_LIMIT,
                    "a frame declares " + Integer.toUnsignedString(length) + " bytes; 1 to "
                            + MessageLimits.MAX_FRAME_BYTES + " are allowed");
        }
        return length;
    }

    private void checkType() {
        FrameType type = headType();
        if (handshakeOnly && !type.isHandshake() && type != FrameType.GOODBYE) {
            throw new MalformedException(RejectionReason.UNEXPECTED_MESSAGE, type + " came before the handshake ended");
        }
        type.requireLength(declaredLength);
    }

    private FrameType headType() {
        return FrameType.ofNumber(head[Integer.BYTES] & 0xff);
    }

    /** Copies what has arrived of the payload and returns the array that holds it, exactly long once all is there. */
    private byte[] fill(byte[] target) {
        int take = Math.min(declaredLength - payloadLength, chunk.length - chunkPosition);
        byte[] grown = target;
        if (payloadLength + take > target.length) {
            grown = Arrays.copyOf(target, grownLength(payloadLength + take, target.length));
        }
        System.arraycopy(chunk, chunkPosition, grown, payloadLength, take);
        chunkPosition += take;
        payloadLength += take;
        return grown;
    }

    private int grownLength(int needed, int present) {
        return Math.min(declaredLength, Math.max(needed, 2 * present));
    }
}
