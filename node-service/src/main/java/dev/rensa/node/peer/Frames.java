package dev.rensa.node.peer;

import dev.rensa.protocol.codec.ByteWriter;

/** Puts the length before a payload; {@link FrameBuffer} takes it off again. */
final class Frames {

    private Frames() {}

    static byte[] of(byte[] payload) {
        return new ByteWriter(Integer.BYTES + payload.length)
                .writeU31(payload.length)
                .writeBytes(payload)
                .toBytes();
    }

    /**
     * Length and payload in one array: the length is known, and filled in, once the rest is written.
     *
     * @throws IllegalArgumentException if the message is beyond the limits of its type: the sender's own mistake
     */
    static byte[] of(Message message) {
        ByteWriter writer = new ByteWriter(Integer.BYTES + MessageCodec.expectedBytes(message));
        writer.writeU31(0);
        MessageCodec.write(writer, message);
        byte[] frame = writer.toBytes();
        int length = frame.length - Integer.BYTES;
        MessageCodec.typeOf(message).requireSendable(length);
        frame[0] = (byte) (length >>> 24);
        frame[1] = (byte) (length >>> 16);
        frame[2] = (byte) (length >>> 8);
        frame[3] = (byte) length;
        return frame;
    }
}
