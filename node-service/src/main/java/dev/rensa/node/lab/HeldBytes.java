package dev.rensa.node.lab;

/** Bounds what is held back on all links together. Safe for use by several threads. */
final class HeldBytes {

    private final long maximum;
    private long used;

    HeldBytes(long maximum) {
        this.maximum = maximum;
    }

    synchronized boolean take(long bytes) {
        if (used + bytes > maximum) {
            return false;
        }
        used += bytes;
        return true;
    }

    synchronized void release(long bytes) {
        used -= bytes;
    }

    synchronized long used() {
        return used;
    }
}
