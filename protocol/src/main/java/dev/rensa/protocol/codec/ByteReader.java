package dev.rensa.protocol.codec;

import dev.rensa.protocol.verdict.RejectionReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the canonical form: big-endian integers at fixed places. Every declared size is held against the bytes that are
 * left before anything is allocated, so a short message can never cost much memory.
 *
 * <p>Not thread-safe.
 */
public final class ByteReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] source;
    private final int end;
    private int position;

    /** Reads all of an array, which the caller must not change meanwhile. */
    public ByteReader(byte[] source) {
        this(source, 0, source.length);
    }

    /** Reads {@code length} bytes from {@code offset} on. */
    public ByteReader(byte[] source, int offset, int length) {
        this.source = source;
        this.position = offset;
        this.end = offset + length;
    }

    /** Decodes a whole array and refuses bytes that are left over. */
    public static <T> T decodeAll(byte[] bytes, Function<ByteReader, T> decoder) {
        ByteReader reader = new ByteReader(bytes);
        T value = decoder.apply(reader);
        reader.expectEnd();
        return value;
    }

    /** Index of the next byte in the source array. */
    public int position() {
        return position;
    }

    /** Bytes not read yet. */
    public int remaining() {
        return end - position;
    }

    /** An unsigned byte, 0 to 255. */
    public int readU8() {
        return source[take(1)] & 0xff;
    }

    /** An unsigned 16-bit integer, 0 to 65,535. */
    public int readU16() {
        int at = take(2);
        return ((source[at] & 0xff) << 8) | (source[at + 1] & 0xff);
    }

    /** Thirty-two bits as they stand, for values that are bit patterns. */
    public int readInt() {
        return (int) INT.get(source, take(4));
    }

    /** An unsigned 32-bit integer that must be below 2³¹. */
    public int readU31() {
        int value = readInt();
        if (value < 0) {
            throw new MalformedException(RejectionReason.MALFORMED, "a 32-bit number is beyond 2^31 - 1");
        }
        return value;
    }

    /** Sixty-four bits as they stand, for values that are bit patterns. */
    public long readLong() {
        return (long) LONG.get(source, take(8));
    }

    /** An unsigned 64-bit integer that must be below 2⁶³: the protocol uses no larger numbers. */
    public long readU63() {
        long value = readLong();
        if (value < 0) {
            throw new MalformedException(RejectionReason.MALFORMED, "a 64-bit number is beyond 2^63 - 1");
        }
        return value;
    }

    /** A copy of the next {@code length} bytes. */
    public byte[] readBytes(int length) {
        int at = take(length);
        byte[] bytes = new byte[length];
        System.arraycopy(source, at, bytes, 0, length);
        return bytes;
    }

    /** Passes over {@code length} bytes. */
    public void skip(int length) {
        take(length);
    }

    /** A copy of what was read since {@code start}, an earlier {@link #position()}. */
    public byte[] copyFrom(int start) {
        return Arrays.copyOfRange(source, start, position);
    }

    /** A value that lies in the array with a fixed width, read in place. */
    public <T> T readFixed(int width, FixedDecoder<T> decoder) {
        return decoder.decode(source, take(width));
    }

    /** A 16-bit count of bytes, then the bytes. */
    public byte[] readSized16(int maximum) {
        int length = readU16();
        if (length > maximum) {
            throw new MalformedException(
                    RejectionReason.SIZE_LIMIT, "a field of " + length + " bytes is beyond its limit of " + maximum);
        }
        return readBytes(length);
    }

    /**
     * A 32-bit count, then that many elements.
     *
     * @param maximum the protocol's limit on the count
     * @param smallestElement the least bytes an element takes; a count that cannot fit into what is left is refused before
     *     the list is allocated
     */
    public <T> List<T> readList(int maximum, int smallestElement, Function<ByteReader, T> element) {
        int count = readU31();
        if (count > maximum) {
            throw new MalformedException(
                    RejectionReason.SIZE_LIMIT, "a list of " + count + " elements is beyond its limit of " + maximum);
        }
        if ((long) count * smallestElement > remaining()) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "a list declares more elements than the bytes that are left can hold");
        }
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(this));
        }
        return list;
    }

    /** Refuses bytes that are left over. */
    public void expectEnd() {
        if (position != end) {
            throw new MalformedException(
                    RejectionReason.TRAILING_BYTES, remaining() + " bytes are left over behind the end");
        }
    }

    private int take(int length) {
        if (length < 0 || length > end - position) {
            throw new MalformedException(
                    RejectionReason.MALFORMED,
                    "the bytes end too early: " + length + " wanted, " + (end - position) + " left");
        }
        int at = position;
        position += length;
        return at;
    }

    /** Decodes a value of fixed width in place. */
    @FunctionalInterface
    public interface FixedDecoder<T> {
        T decode(byte[] source, int offset);
    }
}
