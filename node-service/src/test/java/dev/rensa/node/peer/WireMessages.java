package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;

/** Messages as payloads of frames, for tests of what is made of them in other rooms. */
public final class WireMessages {
    private WireMessages() {}

    /**
     * Reads a payload: the number of the type and a body.
     *
     * @throws MalformedException as a connection meets it
     */
    public static Message decode(byte[] payload) {
        return MessageCodec.decode(payload);
    }

    public static byte[] encode(Message message) {
        return MessageCodec.encode(message);
    }
}
