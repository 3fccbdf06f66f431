package dev.rensa.node.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memory for the bodies of all requests together, taken as their bytes arrive: who sends nothing holds nothing. One address
 * holds half of it at most. Safe for use by several threads.
 */
final class BodyMemory {

    /** How long a refusal counts as somebody who waits: he is told to come again after a second. */
    private static final long CROWDED_MILLIS = 2_000;

    private final long capacity;
    private final Map<String, Long> usedByAddress = new HashMap<>();
    private long used;
    private boolean refused;
    private long refusedMillis;

    BodyMemory(long capacity) {
        this.capacity = capacity;
    }

    long capacity() {
        return capacity;
    }

    /**
     * Whether there is room; if not, that is remembered.
     *
     * @param address null for this machine itself, which is everybody on it
     */
    synchronized boolean hasRoom(@Nullable String address, long bytes, long nowMillis) {
        boolean room = used + bytes <= capacity
                && (address == null || usedByAddress.getOrDefault(address, 0L) + bytes <= capacity / 2);
        if (!room) {
            refused = true;
            refusedMillis = nowMillis;
        }
        return room;
    }

    /** Takes memory if there is room. */
    synchronized boolean take(@Nullable String address, long bytes, long nowMillis) {
        boolean room = hasRoom(address, bytes, nowMillis);
        if (room) {
            book(address, bytes);
        }
        return room;
    }

    synchronized void giveBack(@Nullable String address, long bytes) {
        book(address, -bytes);
    }

    private void book(@Nullable String address, long bytes) {
        used += bytes;
        if (address != null) {
            usedByAddress.merge(address, bytes, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    /** Whether somebody was refused a moment ago. */
    synchronized boolean isCrowded(long nowMillis) {
        return refused && nowMillis - refusedMillis < CROWDED_MILLIS;
    }
}
