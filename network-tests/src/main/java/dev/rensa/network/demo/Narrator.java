package dev.rensa.network.demo;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tells a story step by step, and waits for what takes its time. */
final class Narrator {
    private static final long POLL_MILLIS = 20;

    private final PrintStream out;

    Narrator(PrintStream out) {
        this.out = out;
    }

    /**
     * Plays the steps in order.
     *
     * @throws StoryBrokenException at the first step that does not hold
     */
    void tell(List<Step> steps) {
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            out.printf("%n%d. %s%n", index + 1, step.title());
            try {
                step.play().run();
            } catch (StoryBrokenException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new StoryBrokenException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @FormatMethod
    void say(String format, Object... arguments) {
        out.printf("   " + format + "%n", arguments);
    }

    /** Ends the story unless the condition holds. */
    @FormatMethod
    static void check(boolean holds, String otherwise, Object... arguments) {
        if (!holds) {
            throw new StoryBrokenException(otherwise.formatted(arguments));
        }
    }

    /**
     * Waits until the condition holds.
     *
     * @param limit how long at most
     * @param seen what to say when it does not hold by then, looked at only in that case
     * @return how long it took
     */
    static Duration await(Duration limit, BooleanSupplier condition, Supplier<String> seen) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            check(waited.compareTo(limit) < 0, "%s, even after %s", seen.get(), inSeconds(waited));
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoryBrokenException("The story was interrupted", e);
            }
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    static String inSeconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
