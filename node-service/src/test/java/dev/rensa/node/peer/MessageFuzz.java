package dev.rensa.node.peer;

import dev.rensa.node.fuzz.FuzzCheck;

/** Payloads of every type that peers may send behind the handshake. */
public final class MessageFuzz {
    private MessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.roundTrip(input, MessageCodec::decode, MessageCodec::encode);
    }
}
