package dev.rensa.node.api;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One body on its way here: what it holds of the memory, and whether it comes fast enough. Safe for use by several threads. */
final class ArrivingBody {

    /** Where it lies in the context of its request. */
    static final String KEY = ArrivingBody.class.getName();

    /** Time that every body has beside, so that none comes for ever. */
    static final long PATIENCE_MILLIS = 60_000;

    private final BodyMemory memory;
    private final @Nullable String address;
    private final LongSupplier clock;
    private final long begunMillis;

    private long heldBytes;
    private boolean gone;

    /** None before somebody reads it: it waits for a thread then, and that is not its sender's fault. */
    private @Nullable CrowdedPace pace;

    /**
     * Holds nothing yet.
     *
     * @param address whose it is; null for this machine itself
     * @param clock in milliseconds
     */
    ArrivingBody(BodyMemory memory, @Nullable String address, LongSupplier clock) {
        this.memory = memory;
        this.address = address;
        this.clock = clock;
        this.begunMillis = clock.getAsLong();
    }

    /** Somebody reads it from now on. */
    synchronized void readingBegins() {
        pace = new CrowdedPace(clock.getAsLong());
    }

    /** Some bytes were read: whether there is room for them. */
    synchronized boolean arrived(long bytes) {
        if (gone || !memory.take(address, bytes, clock.getAsLong())) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    /** To be asked again and again until it is here: whether its sender is to be left. */
    synchronized boolean isTooSlow() {
        long now = clock.getAsLong();
        if (now - begunMillis > PATIENCE_MILLIS + heldBytes * 1_000 / CrowdedPace.MIN_BYTES_PER_SECOND) {
            return true;
        }
        return pace != null && pace.isTooSlow(now, memory.isCrowded(now), heldBytes);
    }

    /** It is answered, or its sender is gone: it holds nothing any more. */
    synchronized void ended() {
        gone = true;
        memory.giveBack(address, heldBytes);
        heldBytes = 0;
    }
}
