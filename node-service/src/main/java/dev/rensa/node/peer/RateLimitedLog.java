package dev.rensa.node.peer;

import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A log for what strangers can cause: a few lines a minute at the level of warnings, the rest at debug level, and the next
 * line says how many were left out. Safe for use by several threads.
 */
final class RateLimitedLog {

    private static final int LINES_PER_WINDOW = 6;
    private static final long WINDOW_NANOS = 60_000_000_000L;

    private final Logger log;
    private long windowStartNanos;
    private int lines;
    private long leftOut;

    RateLimitedLog(Logger log) {
        this.log = log;
        this.windowStartNanos = System.nanoTime();
    }

    void warn(Supplier<String> sentence) {
        long suppressed = admit(System.nanoTime());
        if (suppressed < 0) {
            log.debug(sentence.get());
        } else if (suppressed == 0) {
            log.warn(sentence.get());
        } else {
            log.warn(sentence.get() + " (" + suppressed + " such lines were left out before)");
        }
    }

    /** How many lines were left out before this one; negative if this one is left out too. */
    private synchronized long admit(long nowNanos) {
        if (nowNanos - windowStartNanos >= WINDOW_NANOS) {
            windowStartNanos = nowNanos;
            lines = 0;
        }
        if (lines >= LINES_PER_WINDOW) {
            leftOut++;
            return -1;
        }
        lines++;
        long suppressed = leftOut;
        leftOut = 0;
        return suppressed;
    }
}
