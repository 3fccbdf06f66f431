package dev.rensa.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SHA-256 (FIPS 180-4) from the JDK, whose intrinsic uses the processor's own SHA instructions. */
public final class Sha256 {

    /** Digest length in bytes. */
    public static final int LENGTH = 32;

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::newDigest);

    /** Tags come from the protocol's own fixed names, never from outside, so this map stays small. */
    private static final Map<String, byte[]> TAG_PREFIXES = new ConcurrentHashMap<>();

    private Sha256() {}

    /** A digest of the caller's own, for loops that hash without sharing (mining). */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must provide SHA-256", e);
        }
    }

    /** Hash of the concatenation of the given parts. */
    public static byte[] hash(byte[]... parts) {
        MessageDigest digest = DIGEST.get();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** Hash of {@code length} bytes from {@code offset} on. */
    public static byte[] hash(byte[] source, int offset, int length) {
        MessageDigest digest = DIGEST.get();
        digest.update(source, offset, length);
        return digest.digest();
    }

    /** The hash of the hash, as block headers are named. */
    public static byte[] doubleHash(byte[] source) {
        MessageDigest digest = DIGEST.get();
        return digest.digest(digest.digest(source));
    }

    /**
     * BIP-340's tagged hash: {@code SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ parts…)}. Domains with different tags can
     * never be mistaken for one another.
     */
    public static byte[] taggedHash(String tag, byte[]... parts) {
        byte[] prefix = TAG_PREFIXES.computeIfAbsent(tag, Sha256::tagPrefix);
        MessageDigest digest = DIGEST.get();
        digest.update(prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] tagPrefix(String tag) {
        byte[] tagHash = hash(tag.getBytes(StandardCharsets.UTF_8));
        byte[] prefix = new byte[2 * LENGTH];
        System.arraycopy(tagHash, 0, prefix, 0, LENGTH);
        System.arraycopy(tagHash, 0, prefix, LENGTH, LENGTH);
        return prefix;
    }
}
