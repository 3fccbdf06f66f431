package dev.rensa.node.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reading tables of bytes, from any thread. Arrays that are handed out belong to the storage and must not be changed.
 * Every method throws {@link StorageException} when the storage fails.
 */
public interface StorageReader {

    /** The value of a key, null if there is none. */
    byte @Nullable [] get(Column column, byte[] key);

    /** The values of many keys, in their order, null where there is none. */
    List<byte @Nullable []> getAll(Column column, List<byte[]> keys);

    /**
     * Visits entries in the order of their keys as unsigned bytes, until it is told to end.
     *
     * @param from first key to visit, whether it exists or not
     * @param until first key not to visit any more; null visits to the end
     */
    void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector);

    /** Visits all entries of a range, as {@link #scanWhile} does. */
    default void scan(Column column, byte[] from, byte @Nullable [] until, Visitor visitor) {
        scanWhile(column, from, until, (key, value) -> {
            visitor.visit(key, value);
            return true;
        });
    }

    /** Takes what a scan finds. */
    @FunctionalInterface
    interface Visitor {
        void visit(byte[] key, byte[] value);
    }

    /** Takes what a scan finds, for as long as it wants. */
    @FunctionalInterface
    interface Inspector {

        /** Whether to go on. */
        boolean visit(byte[] key, byte[] value);
    }
}
