package dev.rensa.node.maintenance;

import dev.rensa.node.chain.AuditProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a long piece of work has come: percent, rate, time left. On a terminal one line that is drawn again and again,
 * elsewhere a line every ten seconds. For one thread.
 */
public final class ProgressBar implements AuditProgress {
    private static final int WIDTH = 30;
    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoClock;
    private @Nullable String step;
    private long beganNanos;
    private long beganAt;
    private long drawnNanos;
    private long done;
    private long expected;

    /**
     * Draws nothing yet.
     *
     * @param terminal whether a line can be drawn over
     * @param nanoClock as {@link System#nanoTime} counts
     */
    public ProgressBar(PrintStream out, boolean terminal, LongSupplier nanoClock) {
        this.out = out;
        this.terminal = terminal;
        this.nanoClock = nanoClock;
    }

    @Override
    public void at(String newStep, long newDone, long newExpected) {
        long now = nanoClock.getAsLong();
        if (!newStep.equals(step)) {
            finish();
            step = newStep;
            beganNanos = now;
            beganAt = newDone - 1;
            drawnNanos = now;
        }
        done = newDone;
        expected = newExpected;
        if (now - drawnNanos >= (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            drawnNanos = now;
            draw(now);
        }
    }

    /** Says a sentence of its own, below what was drawn. */
    void say(String sentence) {
        finish();
        out.println(sentence);
    }

    /** Draws the last state of the step under way and ends its line. */
    void finish() {
        if (step != null) {
            draw(nanoClock.getAsLong());
            if (terminal) {
                out.println();
            }
            step = null;
        }
    }

    private void draw(long now) {
        double seconds = Math.max(1e-3, (now - beganNanos) / 1e9);
        long perSecond = Math.round((done - beganAt) / seconds);
        String line = expected > 0
                ? String.format(
                        Locale.ROOT,
                        "%s%3d %%  %,d of %,d %s  %,d/s  %s",
                        terminal ? bar() + " " : "",
                        100 * done / expected,
                        done,
                        expected,
                        step,
                        perSecond,
                        left(perSecond))
                : String.format(Locale.ROOT, "%,d %s  %,d/s", done, step, perSecond);
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, 100 - line.length())));
            out.flush();
        } else {
            out.println(line);
        }
    }

    private String bar() {
        int filled = (int) (WIDTH * done / expected);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
    }

    private String left(long perSecond) {
        long seconds = perSecond == 0 ? 0 : (expected - done + perSecond - 1) / perSecond;
        if (done >= expected) {
            return "done";
        }
        if (perSecond == 0) {
            return "time left unknown";
        }
        return seconds < 120
                ? seconds + " s left"
                : seconds < 7_200 ? seconds / 60 + " min left" : seconds / 3_600 + " h left";
    }
}
