package dev.rensa.network.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition, with a bound. */
public final class Await {

    private static final Duration POLL = Duration.ofMillis(20);

    private Await() {}

    /**
     * Asks again and again until the condition holds.
     *
     * @param what names the condition in the error
     * @param state what was seen, for the error
     * @throws AssertionError if it does not hold within the bound
     */
    public static void until(String what, Duration bound, Supplier<String> state, BooleanSupplier condition) {
        until(what, bound, POLL, state, condition);
    }

    /** The same with another pause between two questions, for those whose answers cost what is being measured. */
    public static void until(
            String what, Duration bound, Duration pause, Supplier<String> state, BooleanSupplier condition) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "not within %d s: %s; seen last: %s".formatted(bound.toSeconds(), what, state.get()));
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
