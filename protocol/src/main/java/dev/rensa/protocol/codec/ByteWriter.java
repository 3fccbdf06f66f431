package dev.rensa.protocol.codec;

import dev.rensa.protocol.crypto.Bytes32;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the canonical form into an array that grows. A value out of a field's range is the programmer's mistake and
 * throws {@link IllegalArgumentException}.
 *
 * <p>Not thread-safe.
 */
public final class ByteWriter {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] buffer;
    private int length;

    /** Starts with room for {@code expectedLength} bytes. */
    public ByteWriter(int expectedLength) {
        this.buffer = new byte[Math.max(16, expectedLength)];
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    public ByteWriter writeU8(int value) {
        requireRange(value, 0xff);
        int at = reserve(1);
        buffer[at] = (byte) value;
        return this;
    }

    public ByteWriter writeU16(int value) {
        requireRange(value, 0xffff);
        int at = reserve(2);
        buffer[at] = (byte) (value >>> 8);
        buffer[at + 1] = (byte) value;
        return this;
    }

    /** Thirty-two bits as they stand. */
    public ByteWriter writeInt(int value) {
        int at = reserve(4);
        INT.set(buffer, at, value);
        return this;
    }

    /** A number of 0 to 2³¹ − 1. */
    public ByteWriter writeU31(int value) {
        requireRange(value, Integer.MAX_VALUE);
        return writeInt(value);
    }

    /** Sixty-four bits as they stand. */
    public ByteWriter writeLong(long value) {
        int at = reserve(8);
        LONG.set(buffer, at, value);
        return this;
    }

    /** A number of 0 to 2⁶³ − 1. */
    public ByteWriter writeU63(long value) {
        requireRange(value, Long.MAX_VALUE);
        return writeLong(value);
    }

    public ByteWriter writeBytes(byte[] bytes) {
        int at = reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, at, bytes.length);
        return this;
    }

    public ByteWriter writeFixed(Bytes32 value) {
        int at = reserve(Bytes32.LENGTH);
        value.writeTo(buffer, at);
        return this;
    }

    /** A 16-bit count of bytes, then the bytes. */
    public ByteWriter writeSized16(byte[] bytes) {
        return writeU16(bytes.length).writeBytes(bytes);
    }

    /** A 32-bit count, then the elements. */
    public <T> ByteWriter writeList(List<T> elements, BiConsumer<ByteWriter, T> element) {
        writeU31(elements.size());
        for (T value : elements) {
            element.accept(this, value);
        }
        return this;
    }

    /** Makes room and returns where it begins. {@link #buffer} may be another one afterwards: read it after this call. */
    private int reserve(int bytes) {
        int at = length;
        if (bytes > buffer.length - at) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(at, bytes), Math.multiplyExact(buffer.length, 2)));
        }
        length = at + bytes;
        return at;
    }

    private static void requireRange(long value, long maximum) {
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(value + " is not in 0…" + maximum);
        }
    }
}
