package dev.rensa.protocol.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Thirty-two immutable bytes, the width of every hash and key of the protocol. Held as four longs rather than an array,
 * so that a value costs one object, cannot be changed from outside, and is compared without allocation.
 *
 * <p>The order is that of the bytes read as an unsigned big-endian number. Values of different subclasses are never
 * equal, even when their bytes are.
 */
public abstract class Bytes32 {

    /** Width in bytes. */
    public static final int LENGTH = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    /**
     * Copies 32 bytes.
     *
     * @throws IndexOutOfBoundsException if fewer than 32 bytes lie behind {@code offset}
     */
    protected Bytes32(byte[] source, int offset) {
        this.first = (long) LONG.get(source, offset);
        this.second = (long) LONG.get(source, offset + 8);
        this.third = (long) LONG.get(source, offset + 16);
        this.fourth = (long) LONG.get(source, offset + 24);
    }

    /** Checks that an array is exactly 32 bytes long and returns it. */
    protected static byte[] requireLength(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("expected 32 bytes, got " + bytes.length);
        }
        return bytes;
    }

    /**
     * Reads 64 hexadecimal digits, upper or lower case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    protected static byte[] parseHex(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("expected 64 hexadecimal digits, got " + hex.length() + " characters");
        }
        return HexFormat.of().parseHex(hex);
    }

    /** A fresh copy of the bytes. */
    public final byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        writeTo(bytes, 0);
        return bytes;
    }

    /** Writes the 32 bytes into {@code target} from {@code offset} on. */
    public final void writeTo(byte[] target, int offset) {
        LONG.set(target, offset, first);
        LONG.set(target, offset + 8, second);
        LONG.set(target, offset + 16, third);
        LONG.set(target, offset + 24, fourth);
    }

    /** The first eight bytes as a big-endian number: a short id, good enough to spread values over buckets. */
    public final long prefix() {
        return first;
    }

    /** Eight of the bytes as a big-endian number, counted from 0 to 3. */
    final long word(int index) {
        return switch (index) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    /** Whether all bytes are zero. */
    public final boolean isZero() {
        return (first | second | third | fourth) == 0;
    }

    /** 64 lower-case hexadecimal digits. */
    public final String toHex() {
        return HexFormat.of().formatHex(toBytes());
    }

    /** Compares the bytes as unsigned big-endian numbers. */
    protected final int compareBytes(Bytes32 other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Bytes32 that
                && getClass() == that.getClass()
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public final int hashCode() {
        // Keys and hashes are uniform already; folding two words guards against deliberately chosen prefixes.
        return Long.hashCode(first ^ (fourth * 0x9E3779B97F4A7C15L));
    }

    @Override
    public String toString() {
        return toHex();
    }
}
