package dev.rensa.node.peer;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Memory for what all peers together send. A long frame takes its whole length here before it is read and gives it back when
 * the writer has dealt with it, so a frame that has begun can always end. Who gets none waits in turn, and its connection
 * stops reading meanwhile. Safe for use by several threads.
 */
final class ReceiveBudget {

    private final long maximumBytes;
    private final Queue<Share> waiting = new ArrayDeque<>();
    private long usedBytes;

    /** Room for one frame. */
    final class Share {
        private final int bytes;
        private final Runnable whenGranted;
        private boolean granted;
        private boolean released;

        private Share(int bytes, Runnable whenGranted) {
            this.bytes = bytes;
            this.whenGranted = whenGranted;
        }

        boolean isGranted() {
            synchronized (ReceiveBudget.this) {
                return granted;
            }
        }

        /** Gives it back, or stops waiting for it. Harmless when done before. */
        void release() {
            Queue<Share> next;
            synchronized (ReceiveBudget.this) {
                if (released) {
                    return;
                }
                released = true;
                if (granted) {
                    usedBytes -= bytes;
                } else {
                    waiting.remove(this);
                }
                next = grantWaiting();
            }
            next.forEach(share -> share.whenGranted.run());
        }
    }

    /** Takes a maximum that holds the longest frame. */
    ReceiveBudget(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    /** Asks for room; {@code whenGranted} runs, on any thread, only if it is not granted within this call. */
    synchronized Share ask(int bytes, Runnable whenGranted) {
        Share share = new Share(bytes, whenGranted);
        if (waiting.isEmpty() && fits(share)) {
            grant(share);
        } else {
            waiting.add(share);
        }
        return share;
    }

    synchronized long usedBytes() {
        return usedBytes;
    }

    /** How many shares are waited for. */
    synchronized int waiting() {
        return waiting.size();
    }

    private Queue<Share> grantWaiting() {
        Queue<Share> granted = new ArrayDeque<>();
        for (Share next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
            grant(waiting.remove());
            granted.add(next);
        }
        return granted;
    }

    private boolean fits(Share share) {
        return usedBytes + share.bytes <= maximumBytes;
    }

    private void grant(Share share) {
        share.granted = true;
        usedBytes += share.bytes;
    }
}
