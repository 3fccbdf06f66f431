package dev.rensa.node.mining;

import java.time.Duration;
import java.util.OptionalLong;

/** Whether the miner searches on its own, and until when it rests if not. Safe for use by several threads. */
public final class MinerSwitch {

    private boolean on;

    /** When a rest for a time ends; empty where it lasts until somebody ends it. */
    private OptionalLong untilNanos = OptionalLong.empty();

    /** A switch as it is at the start. */
    public MinerSwitch(boolean on) {
        this.on = on;
    }

    /** Whether it is on; {@code nowNanos} measures durations and has no other meaning. */
    public synchronized boolean isOn(long nowNanos) {
        if (untilNanos.isPresent() && nowNanos - untilNanos.getAsLong() >= 0) {
            turn(true);
        }
        return on;
    }

    /** From now on, or no more until somebody says otherwise. */
    public synchronized void turn(boolean toOn) {
        on = toOn;
        untilNanos = OptionalLong.empty();
    }

    /** Off for a time, counted from now; one that is off without an end stays so. */
    public synchronized void rest(Duration time, long nowNanos) {
        if (isOn(nowNanos) || untilNanos.isPresent()) {
            on = false;
            untilNanos = OptionalLong.of(nowNanos + time.toNanos());
        }
    }
}
