package dev.rensa.node.peer;

import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A log for what others can cause: so many lines a minute, the rest at debug level, and the next line says how many were left
 * out. Safe for use by several threads.
 */
public final class RateLimitedLog {

    private static final long WINDOW_NANOS = 60_000_000_000L;

    private final Logger log;
    private final int linesPerMinute;
    private long windowStartNanos;
    private int lines;
    private long leftOut;

    public RateLimitedLog(Logger log, int linesPerMinute) {
        this.log = log;
        this.linesPerMinute = linesPerMinute;
        this.windowStartNanos = System.nanoTime();
    }

    public void info(Supplier<String> sentence) {
        log(Logger.Level.INFO, sentence, null);
    }

    public void warn(Supplier<String> sentence) {
        log(Logger.Level.WARN, sentence, null);
    }

    public void error(Supplier<String> sentence) {
        log(Logger.Level.ERROR, sentence, null);
    }

    /** The same with the cause's stack trace. */
    public void error(Supplier<String> sentence, Throwable cause) {
        log(Logger.Level.ERROR, sentence, cause);
    }

    private void log(Logger.Level level, Supplier<String> sentence, @Nullable Throwable cause) {
        long suppressed = admit(System.nanoTime());
        if (suppressed < 0) {
            if (log.isDebugEnabled()) {
                log.debug(sentence.get(), cause);
            }
        } else if (suppressed == 0) {
            log.log(level, sentence.get(), cause);
        } else {
            log.log(level, sentence.get() + " (" + suppressed + " such lines were left out before)", cause);
        }
    }

    /** How many lines were left out before this one; negative if this one is left out too. */
    private synchronized long admit(long nowNanos) {
        if (nowNanos - windowStartNanos >= WINDOW_NANOS) {
            windowStartNanos = nowNanos;
            lines = 0;
        }
        if (lines >= linesPerMinute) {
            leftOut++;
            return -1;
        }
        lines++;
        long suppressed = leftOut;
        leftOut = 0;
        return suppressed;
    }
}
