package dev.rensa.node.peer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets through what a peer asks of this node at a bounded rate (a token bucket that holds one second's worth), and only
 * while there is room for answers. What is beyond waits in order; since what waits counts as in flight, the connection stops
 * reading when it gets too much. Nobody is blamed. Safe for use by several threads.
 */
final class WorkGate {

    /** Pause before what waits is looked at again. */
    static final long RETRY_MILLIS = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Runs a task after {@link #RETRY_MILLIS}. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task);
    }

    private record Work(int units, Runnable task) {}

    private final int unitsPerSecond;
    private final BooleanSupplier room;
    private final LongSupplier nanos;
    private final Later later;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private double units;
    private long filledNanos;
    private boolean scheduled;
    private boolean open = true;

    WorkGate(int unitsPerSecond, BooleanSupplier room, LongSupplier nanos, Later later) {
        this.unitsPerSecond = unitsPerSecond;
        this.room = room;
        this.nanos = nanos;
        this.later = later;
        this.units = unitsPerSecond;
        this.filledNanos = nanos.getAsLong();
    }

    /** Runs the task, now or when its turn comes. Work of no units never waits. */
    synchronized void pass(int workUnits, Runnable task) {
        if (workUnits == 0 || !open || (waiting.isEmpty() && take(workUnits))) {
            task.run();
            return;
        }
        waiting.add(new Work(workUnits, task));
        schedule();
    }

    /** Runs everything that waits: the connection is gone, and its tasks only tidy up. */
    synchronized void close() {
        open = false;
        for (Work next = waiting.poll(); next != null; next = waiting.poll()) {
            next.task().run();
        }
    }

    private synchronized void retry() {
        scheduled = false;
        for (Work next = waiting.peek(); next != null && take(next.units()); next = waiting.peek()) {
            waiting.remove();
            next.task().run();
        }
        if (!waiting.isEmpty()) {
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            later.run(this::retry);
        }
    }

    /** The bucket may go below zero, so that work of more units than it holds is done too, and paid for afterwards. */
    private boolean take(int workUnits) {
        long now = nanos.getAsLong();
        units = Math.min(unitsPerSecond, units + (now - filledNanos) * (unitsPerSecond / NANOS_PER_SECOND));
        filledNanos = now;
        if (units <= 0 || !room.getAsBoolean()) {
            return false;
        }
        units -= workUnits;
        return true;
    }
}
