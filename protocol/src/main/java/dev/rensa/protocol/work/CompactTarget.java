package dev.rensa.protocol.work;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.RejectionReason;
import java.math.BigInteger;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A proof-of-work target in Bitcoin's compact form: one byte that counts the bytes of the number, then its three most
 * significant bytes, of which the first bit is a sign. A block hash, read as an unsigned big-endian number, meets the
 * target when it is not above it.
 *
 * <p>Each target has exactly one encoding: what Bitcoin would merely normalise (a mantissa with needless zeros, bits that
 * fall off its end) is refused here, so that two headers never differ in bytes alone.
 */
public final class CompactTarget {

    private static final int SIGN_BIT = 0x0080_0000;
    private static final int MANTISSA_MASK = 0x007f_ffff;
    private static final int MANTISSA_BYTES = 3;

    private final int bits;
    private final BigInteger target;

    /** The target once more, in the form that is compared with hashes without allocation. */
    private final BlockHash highestHash;

    private CompactTarget(int bits, BigInteger target) {
        this.bits = bits;
        this.target = target;
        this.highestHash = BlockHash.of(Work.toBytes32(target));
    }

    /**
     * Reads the compact form.
     *
     * @throws IllegalArgumentException if it names a negative number, zero, or one of more than 256 bits, or if it is not
     *     the one encoding of its number
     */
    public static CompactTarget of(int bits) {
        BigInteger target = decode(bits);
        if (encode(target) != bits) {
            throw invalid(bits, "is not the shortest encoding of its number");
        }
        return new CompactTarget(bits, target);
    }

    /** Whether {@link #of} would accept the bits: for headers from outside. */
    public static boolean isValid(int bits) {
        try {
            return encode(decode(bits)) == bits;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The compact form of a number, rounded down to its three most significant bytes, or two where the third would take
     * the sign's bit.
     *
     * @throws IllegalArgumentException if the number is not between 1 and 2^256 − 1
     */
    public static CompactTarget fromTarget(BigInteger target) {
        if (target.signum() <= 0 || target.bitLength() > 256) {
            throw new IllegalArgumentException("a target lies between 1 and 2^256 - 1");
        }
        int bits = encode(target);
        return new CompactTarget(bits, decode(bits));
    }

    /**
     * Reads the compact form of a header.
     *
     * @throws MalformedException if it is negative, zero, beyond 256 bits or not canonical
     */
    public static CompactTarget read(ByteReader reader) {
        int bits = reader.readInt();
        if (!isValid(bits)) {
            throw new MalformedException(
                    RejectionReason.NOT_CANONICAL,
                    "target bits " + HexFormat.of().toHexDigits(bits) + " are not a canonical compact target");
        }
        return of(bits);
    }

    /**
     * Reads eight hexadecimal digits, as a genesis document writes them.
     *
     * @throws IllegalArgumentException if they are not a canonical compact target
     */
    public static CompactTarget fromHex(String bits) {
        if (bits.length() != 2 * Integer.BYTES) {
            throw new IllegalArgumentException("a compact target has eight hexadecimal digits, not \"" + bits + "\"");
        }
        return of(HexFormat.fromHexDigits(bits));
    }

    /** Eight lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().toHexDigits(bits);
    }

    /** The compact form itself, as it stands in a header. */
    public int bits() {
        return bits;
    }

    /** The number that a block hash must not exceed, from 1 to 2^256 − 1. */
    public BigInteger target() {
        return target;
    }

    /** Whether the hash, as an unsigned big-endian number, is at most the target. */
    public boolean isMetBy(BlockHash hash) {
        return hash.compareTo(highestHash) <= 0;
    }

    private static BigInteger decode(int bits) {
        int size = bits >>> 24;
        int mantissa = bits & MANTISSA_MASK;
        if ((bits & SIGN_BIT) != 0) {
            throw invalid(bits, "names a negative number");
        }
        BigInteger target = BigInteger.valueOf(mantissa).shiftLeft(8 * (size - MANTISSA_BYTES));
        if (target.signum() == 0) {
            throw invalid(bits, "names zero");
        }
        if (target.bitLength() > 256) {
            throw invalid(bits, "names a number of more than 256 bits");
        }
        return target;
    }

    private static int encode(BigInteger target) {
        int size = (target.bitLength() + 7) / 8;
        int mantissa = target.shiftRight(8 * (size - MANTISSA_BYTES)).intValue();
        if ((mantissa & SIGN_BIT) != 0) {
            mantissa >>>= 8;
            size++;
        }
        return (size << 24) | mantissa;
    }

    private static IllegalArgumentException invalid(int bits, String reason) {
        return new IllegalArgumentException("target bits 0x%08x: the compact form %s".formatted(bits, reason));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompactTarget that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    /** The compact form as eight hexadecimal digits, the way Bitcoin's tools write it. */
    @Override
    public String toString() {
        return "0x%08x".formatted(bits);
    }
}
