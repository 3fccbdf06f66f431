package dev.rensa.node.peer;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Transactions named by eight bytes each, in an order that matters. Immutable; on the wire a u32 count and the numbers. */
public final class ShortIds {

    /** Bytes of one. */
    public static final int BYTES = Long.BYTES;

    private final long[] values;

    private ShortIds(long[] values) {
        this.values = values;
    }

    public static ShortIds of(long... values) {
        return new ShortIds(values.clone());
    }

    /** The first {@code length} numbers of a larger array. */
    public static ShortIds of(long[] values, int length) {
        return new ShortIds(Arrays.copyOf(values, length));
    }

    /** The first eight bytes of each id. */
    public static ShortIds of(List<TransactionId> ids) {
        return new ShortIds(ids.stream().mapToLong(TransactionId::prefix).toArray());
    }

    public int size() {
        return values.length;
    }

    public long get(int index) {
        return values[index];
    }

    public void forEach(LongConsumer action) {
        for (long value : values) {
            action.accept(value);
        }
    }

    void write(ByteWriter writer, int maximum) {
        if (values.length > maximum) {
            throw new IllegalArgumentException(
                    values.length + " short ids are beyond the limit of " + maximum + " a message");
        }
        writer.writeU31(values.length);
        for (long value : values) {
            writer.writeLong(value);
        }
    }

    static ShortIds read(ByteReader reader, int maximum) {
        int count = reader.readU31();
        if (count > maximum) {
            throw new MalformedException(
                    RejectionReason.SIZE_LIMIT, "a list of " + count + " elements is beyond its limit of " + maximum);
        }
        if (count > reader.remaining() / BYTES) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "a list declares more elements than the bytes that are left can hold");
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = reader.readLong();
        }
        return new ShortIds(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShortIds that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length + " short ids";
    }
}
