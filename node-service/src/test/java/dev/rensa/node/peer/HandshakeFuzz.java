package dev.rensa.node.peer;

import dev.rensa.node.fuzz.FuzzCheck;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.work.Work;
import java.util.Arrays;
import java.util.Optional;

/**
 * A listener's and a dialer's side of a handshake against a stranger. The first byte chooses the side; then payloads
 * follow, each behind two bytes of length. Nobody proves a key by chance.
 */
public final class HandshakeFuzz {
    private static final NodeIdentity IDENTITY = NodeIdentity.of(key());

    private HandshakeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            FuzzCheck.bounded(input, () -> shake((input[0] & 1) != 0, Arrays.copyOfRange(input, 1, input.length)));
        }
    }

    private static void shake(boolean dialed, byte[] payloads) {
        Handshake handshake = new Handshake(
                IDENTITY, dialed, hello(), ChannelBinding.NONE, hello -> Optional.empty(), key -> Optional.empty());
        try {
            for (int at = 0; at + 2 < payloads.length; ) {
                int length = 1 + (((payloads[at] & 0xff) << 8) | (payloads[at + 1] & 0xff));
                int end = Math.min(payloads.length, at + 2 + length);
                Handshake.Step step = handshake.receive(Arrays.copyOfRange(payloads, at + 2, end));
                if (step.complete() || handshake.provenKey().isPresent()) {
                    throw new AssertionError("a key proved without its owner");
                }
                if (step.refusal().isPresent()) {
                    return;
                }
                at = end;
            }
        } catch (MalformedException e) {
            FuzzCheck.requireSentence(e);
        }
    }

    private static Hello hello() {
        return new Hello(
                MessageSamples.hash("network"),
                IDENTITY.nodeKey(),
                Hash.ZERO,
                7_400,
                Optional.empty(),
                "node",
                "rensa/test",
                new LocalTip(1, MessageSamples.hash("tip"), Work.ZERO));
    }

    private static PrivateKey key() {
        byte[] secret = new byte[PrivateKey.LENGTH];
        Arrays.fill(secret, (byte) 7);
        return PrivateKey.of(secret);
    }
}
