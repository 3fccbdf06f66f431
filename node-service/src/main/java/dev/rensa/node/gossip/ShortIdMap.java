package dev.rensa.node.gossip;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from short ids: open addressing with linear probing, without an object an entry. Peers choose ids, so the place of
 * one follows from a secret: nobody can aim many at one place.
 */
final class ShortIdMap<V> {

    private static final int FIRST_CAPACITY = 16;

    private final long secret;
    private long[] keys = new long[FIRST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int size;

    /**
     * Starts empty.
     *
     * @param secret from the node's source of randomness
     */
    ShortIdMap(long secret) {
        this.secret = ShortIdSet.spread(secret);
    }

    int size() {
        return size;
    }

    @Nullable
    V get(long key) {
        return valueAt(find(key));
    }

    boolean contains(long key) {
        return values[find(key)] != null;
    }

    /** Puts a value and returns the one before. */
    @Nullable
    V put(long key, V value) {
        int slot = find(key);
        V before = valueAt(slot);
        keys[slot] = key;
        values[slot] = value;
        if (before == null && ++size > keys.length / 2) {
            grow();
        }
        return before;
    }

    @Nullable
    V remove(long key) {
        int slot = find(key);
        V removed = valueAt(slot);
        if (removed != null) {
            size--;
            close(slot);
        }
        return removed;
    }

    /** In no order that means anything; the map must not change meanwhile. */
    void forEach(Consumer<V> action) {
        for (int slot = 0; slot < values.length; slot++) {
            V value = valueAt(slot);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    /** The slot of a key, or the free one where it belongs. */
    private int find(long key) {
        int slot = home(key);
        while (values[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private int home(long key) {
        return (int) (((key ^ (key >>> 32)) * secret) >>> Long.numberOfLeadingZeros(keys.length - 1L));
    }

    /** Moves back what was pushed on by the entry that leaves, so that no search ends early. */
    private void close(int removed) {
        int gap = removed;
        int slot = removed;
        values[gap] = null;
        while (true) {
            slot = (slot + 1) & (keys.length - 1);
            if (values[slot] == null) {
                return;
            }
            int home = home(keys[slot]);
            boolean mayMove = gap <= slot ? home <= gap || home > slot : home <= gap && home > slot;
            if (mayMove) {
                keys[gap] = keys[slot];
                values[gap] = values[slot];
                values[slot] = null;
                gap = slot;
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new @Nullable Object[oldKeys.length * 2];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldValues[old] != null) {
                int slot = find(oldKeys[old]);
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable V valueAt(int slot) {
        return (V) values[slot];
    }
}
