package dev.rensa.wallet.policy;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** So much for each name within a window of time, which begins with the name's first use. Safe for use by several threads. */
public final class Quota {

    /** Names that are remembered. Whoever is forgotten begins anew. */
    static final int MAX_NAMES = 50_000;

    private final long limit;
    private final long windowMillis;
    private final Clock clock;

    /** Least recently used leaves first. Guarded by itself. */
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_NAMES;
        }
    };

    public Quota(long limit, Duration window, Clock clock) {
        this.limit = limit;
        this.windowMillis = window.toMillis();
        this.clock = clock;
    }

    /** Takes an amount of at least 0; false, and nothing is taken, if the name's window does not hold so much any more. */
    public boolean take(String name, long amount) {
        long now = clock.millis();
        synchronized (windows) {
            Window window = windows.get(name);
            if (window == null || now - window.beganAt >= windowMillis) {
                window = new Window(now);
                windows.put(name, window);
            }
            if (amount > limit - window.taken) {
                return false;
            }
            window.taken += amount;
            return true;
        }
    }

    /** Gives back what was taken and then not used; of a window that is over there is nothing to give back. */
    public void giveBack(String name, long amount) {
        synchronized (windows) {
            Window window = windows.get(name);
            if (window != null) {
                window.taken = Math.max(0, window.taken - amount);
            }
        }
    }

    /** Most for one name within a window. */
    public long limit() {
        return limit;
    }

    private static final class Window {
        private final long beganAt;
        private long taken;

        private Window(long beganAt) {
            this.beganAt = beganAt;
        }
    }
}
