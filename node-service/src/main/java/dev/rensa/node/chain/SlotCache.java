package dev.rensa.node.chain;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache of fixed size in which every key has one slot and the newest key of a slot stays: memory is bounded, reading
 * takes no lock, and keys are hashes, so they spread by themselves.
 *
 * <p>Any thread reads. Only the writer thread fills it: a reader that stored what it read a moment ago could bring back a
 * value that the writer has replaced meanwhile.
 */
final class SlotCache<K, V> {
    private record Slot<K, V>(K key, V value) {}

    private final AtomicReferenceArray<@Nullable Slot<K, V>> slots;

    /** Takes the number of slots as a power of two. */
    SlotCache(int bits) {
        this.slots = new AtomicReferenceArray<>(1 << bits);
    }

    @Nullable
    V get(K key) {
        Slot<K, V> slot = slots.getAcquire(index(key));
        return slot != null && slot.key.equals(key) ? slot.value : null;
    }

    void put(K key, V value) {
        slots.setRelease(index(key), new Slot<>(key, value));
    }

    void clear() {
        for (int slot = 0; slot < slots.length(); slot++) {
            slots.setRelease(slot, null);
        }
    }

    private int index(K key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (slots.length() - 1);
    }
}
