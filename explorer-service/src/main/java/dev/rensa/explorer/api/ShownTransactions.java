package dev.rensa.explorer.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Chooses the transactions whose way through the network is told: of a busy network, a few a second, but of each of these the
 * way to every node. More than that nobody could see.
 */
final class ShownTransactions {

    /** Transactions that begin their way a second. */
    static final int A_SECOND = 10;

    /** Chosen ones that are remembered: those of the last minute. */
    private static final int MAX_REMEMBERED = 60 * A_SECOND;

    private final LongSupplier nanoClock;
    private final Map<String, Boolean> chosen = new LinkedHashMap<>();
    private long windowNanos;
    private int inWindow;

    ShownTransactions(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.windowNanos = nanoClock.getAsLong();
    }

    /** Whether this one is told of; once it is, it stays so. */
    synchronized boolean isShown(String id) {
        if (chosen.containsKey(id)) {
            return true;
        }
        long now = nanoClock.getAsLong();
        if (now - windowNanos >= TimeUnit.SECONDS.toNanos(1)) {
            windowNanos = now;
            inWindow = 0;
        }
        if (inWindow >= A_SECOND) {
            return false;
        }
        inWindow++;
        chosen.put(id, true);
        if (chosen.size() > MAX_REMEMBERED) {
            chosen.remove(chosen.keySet().iterator().next());
        }
        return true;
    }
}
