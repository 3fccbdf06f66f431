package dev.rensa.wallet.transfer;

import java.time.Clock;

/** Tells when some work last made progress. Safe for use by several threads. */
public final class Heartbeat {

    private final Clock clock;
    private volatile long beatMillis;

    /** Counts from now on. */
    public Heartbeat(Clock clock) {
        this.clock = clock;
        beat();
    }

    /** Progress was made. */
    public void beat() {
        beatMillis = clock.millis();
    }

    /** Milliseconds since the last progress. */
    public long silentMillis() {
        return Math.max(0, clock.millis() - beatMillis);
    }
}
