package dev.rensa.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A BIP-340 signature: 64 immutable bytes, of which the first half is the x coordinate of the nonce point and the second
 * half the scalar. Whether the numbers are in range shows when the signature is verified.
 */
public final class Signature {

    /** Width in bytes. */
    public static final int LENGTH = 64;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies exactly 64 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Signature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("expected 64 bytes, got " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    /**
     * Copies 64 bytes of a larger array.
     *
     * @throws IndexOutOfBoundsException if fewer than 64 bytes lie behind {@code offset}
     */
    public static Signature of(byte[] source, int offset) {
        byte[] bytes = new byte[LENGTH];
        System.arraycopy(source, offset, bytes, 0, LENGTH);
        return new Signature(bytes);
    }

    /**
     * Reads 128 hexadecimal digits, upper or lower case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Signature fromHex(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("expected 128 hexadecimal digits, got " + hex.length() + " characters");
        }
        return new Signature(HexFormat.of().parseHex(hex));
    }

    /** A fresh copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Writes the 64 bytes into {@code target} from {@code offset} on. */
    public void writeTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    /** 128 lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes themselves, for {@link Schnorr} alone, which only reads them: verification is the hot path. */
    byte[] uncopied() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
