package dev.rensa.node.peer;

import dev.rensa.node.fuzz.FuzzCheck;
import dev.rensa.protocol.codec.MalformedException;
import java.util.Arrays;

/**
 * A stream of bytes cut into frames. The first byte says whether the handshake is over and in how large pieces the rest
 * arrives; however it does, the same payloads must come out.
 */
public final class FrameFuzz {
    /** Pieces of 1 to 64 bytes. */
    private static final int PIECES = 64;

    private FrameFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean handshake = (input[0] & 0x80) != 0;
        int piece = 1 + (input[0] & (PIECES - 1));
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        FuzzCheck.bounded(input, () -> {
            String whole = cut(stream, Math.max(1, stream.length), handshake);
            String pieces = cut(stream, piece, handshake);
            if (!whole.equals(pieces)) {
                throw new AssertionError("whole: " + whole + ", in pieces of " + piece + ": " + pieces);
            }
        });
    }

    /** What comes out: a hash and a length a payload, and how it ends. */
    private static String cut(byte[] stream, int piece, boolean handshake) {
        FrameBuffer frames = new FrameBuffer((_, _) -> true);
        if (!handshake) {
            frames.endHandshake();
        }
        StringBuilder found = new StringBuilder();
        try {
            for (int at = 0; at < stream.length; at += piece) {
                frames.append(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + piece)));
                for (byte[] payload = frames.next(); payload != null; payload = frames.next()) {
                    found.append(payload.length)
                            .append(':')
                            .append(Arrays.hashCode(payload))
                            .append(' ');
                }
            }
        } catch (MalformedException e) {
            FuzzCheck.requireSentence(e);
            found.append(e.rejection().reason());
        }
        return found.toString();
    }
}
