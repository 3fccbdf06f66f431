package dev.rensa.wallet.access;

import dev.rensa.protocol.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Secrets of API keys: 256 random bits. That is beyond guessing, so one SHA-256 keeps them; a slow hash would only make
 * each request slow.
 */
public final class KeySecret {

    /** What a secret begins with, so that scanners find one that was published by mistake. */
    public static final String PREFIX = "rnsk_";

    /** Shortest secret that an operator may choose, in characters. */
    public static final int MIN_LENGTH = 32;

    /** Longest secret that is looked at, in characters. */
    public static final int MAX_LENGTH = 256;

    private static final int RANDOM_BYTES = 32;

    private KeySecret() {}

    /** A fresh secret. Show it once, never log it. */
    static String generate(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of a secret. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(Sha256.hash(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
