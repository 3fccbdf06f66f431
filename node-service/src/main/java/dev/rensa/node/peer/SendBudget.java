package dev.rensa.node.peer;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for what waits to be sent to all peers together. Safe for use by several threads. */
final class SendBudget {

    private final long maximumBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    SendBudget(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    /** Counts a frame that waits. */
    void add(int bytes) {
        usedBytes.addAndGet(bytes);
    }

    void remove(int bytes) {
        usedBytes.addAndGet(-bytes);
    }

    /** Whether no further long frame should be made. */
    boolean isFull() {
        return usedBytes.get() >= maximumBytes;
    }

    long usedBytes() {
        return usedBytes.get();
    }
}
