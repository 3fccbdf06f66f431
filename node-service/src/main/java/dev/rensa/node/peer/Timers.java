package dev.rensa.node.peer;

/** Running something later: what is asked of peers times out, and what is told them waits to be told together. */
@FunctionalInterface
public interface Timers {

    /**
     * Runs a task once, on the writer thread, never within this call.
     *
     * @param delayMillis at least 0
     */
    Cancellable after(long delayMillis, Runnable task);

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Cancellable {

        /** Keeps the task from running. Harmless when it ran or was cancelled before. */
        void cancel();
    }
}
