package dev.rensa.node.peer;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for what waits to be sent to all peers together. Safe for use by several threads. */
final class SendBudget {

    /** Part that answers leave to what this node tells and asks itself. */
    private static final int OWN_PART = 4;

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

    /** Whether a further long answer should be made. */
    boolean hasRoomForAnswers() {
        return usedBytes.get() < maximumBytes - maximumBytes / OWN_PART;
    }

    /** Whether no further long frame at all should be made. */
    boolean isFull() {
        return usedBytes.get() >= maximumBytes;
    }

    long usedBytes() {
        return usedBytes.get();
    }
}
