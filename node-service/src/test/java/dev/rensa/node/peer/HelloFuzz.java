package dev.rensa.node.peer;

import dev.rensa.node.fuzz.FuzzCheck;

/** Greetings of strangers. */
public final class HelloFuzz {
    private HelloFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCheck.roundTrip(input, Hello::decode, Hello::toBytes);
    }
}
