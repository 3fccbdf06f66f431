package dev.rensa.node.peer;

import org.jspecify.annotations.Nullable;

/**
 * How much of one peer's messages is between its socket and the end of the writer's work on it. Reading pauses when this
 * is full and goes on when half of it is done. Safe for use by several threads.
 */
final class InFlight {

    private final int maximumMessages;
    private final long maximumBytes;
    private int messages;
    private long bytes;
    private @Nullable Runnable whenDrained;

    InFlight(int maximumMessages, long maximumBytes) {
        this.maximumMessages = maximumMessages;
        this.maximumBytes = maximumBytes;
    }

    synchronized boolean hasRoom() {
        return messages < maximumMessages && bytes < maximumBytes;
    }

    synchronized void add(int messageBytes) {
        messages++;
        bytes += messageBytes;
    }

    void release(int messageBytes) {
        Runnable task;
        synchronized (this) {
            messages--;
            bytes -= messageBytes;
            task = takeIfDrained();
        }
        if (task != null) {
            task.run();
        }
    }

    /** Runs the task once, as soon as half is free: at once or on the thread that makes it so. */
    void whenDrained(Runnable task) {
        Runnable now;
        synchronized (this) {
            whenDrained = task;
            now = takeIfDrained();
        }
        if (now != null) {
            now.run();
        }
    }

    private @Nullable Runnable takeIfDrained() {
        if (messages > maximumMessages / 2 || bytes > maximumBytes / 2) {
            return null;
        }
        Runnable task = whenDrained;
        whenDrained = null;
        return task;
    }
}
