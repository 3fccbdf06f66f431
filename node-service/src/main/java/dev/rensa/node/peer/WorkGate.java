package dev.rensa.node.peer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Lets through what a peer tells and asks at a bounded rate (a token bucket that holds one second's worth), and questions
 * only while there is room for answers. What is beyond waits in order, what is told apart from what is asked: who cannot be
 * answered now may still be heard. Since what waits counts as in flight, the connection stops reading when it gets too much.
 * Nobody is blamed. Safe for use by several threads.
 */
final class WorkGate {

    /** Pause before what waits is looked at again. */
    static final long RETRY_MILLIS = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Runs a task after {@link #RETRY_MILLIS}, on a thread that may wait for the writer. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task);
    }

    /**
     * What a peer wants done.
     *
     * @param units what it costs ({@link WorkCost}); work of no units never waits
     * @param drop runs instead of the task when the connection ends before its turn comes
     */
    record Work(int units, Runnable task, Runnable drop) {}

    private final int unitsPerSecond;
    private final BooleanSupplier room;
    private final LongSupplier nanos;
    private final Later later;
    private final Queue<Work> told = new ArrayDeque<>();
    private final Queue<Work> asked = new ArrayDeque<>();

    /** Begins at nothing, so that it is of no use to end a connection and come again. */
    private double units;

    private long filledNanos;
    private boolean scheduled;
    private boolean open = true;

    WorkGate(int unitsPerSecond, BooleanSupplier room, LongSupplier nanos, Later later) {
        this.unitsPerSecond = unitsPerSecond;
        this.room = room;
        this.nanos = nanos;
        this.later = later;
        this.filledNanos = nanos.getAsLong();
    }

    /** Something that needs no answer: its task runs now or when its turn comes. */
    void tell(Work work) {
        pass(work, told);
    }

    /** A question: the same, but only while there is room for an answer. */
    void ask(Work work) {
        pass(work, asked);
    }

    /** Drops everything that waits, and from now on what comes: nobody is there to be answered. */
    synchronized void close() {
        open = false;
        told.forEach(work -> work.drop().run());
        asked.forEach(work -> work.drop().run());
        told.clear();
        asked.clear();
    }

    private synchronized void pass(Work work, Queue<Work> lane) {
        if (work.units() == 0) {
            work.task().run();
        } else if (open) {
            lane.add(work);
            drain();
        } else {
            work.drop().run();
        }
    }

    private synchronized void retry() {
        scheduled = false;
        drain();
    }

    private void drain() {
        while (!told.isEmpty() && take(told.element().units())) {
            told.remove().task().run();
        }
        while (!asked.isEmpty() && room.getAsBoolean() && take(asked.element().units())) {
            asked.remove().task().run();
        }
        if (!scheduled && !(told.isEmpty() && asked.isEmpty())) {
            scheduled = true;
            later.run(this::retry);
        }
    }

    /** A full bucket may go below zero, so that work of more units than it holds is done too, and paid for afterwards. */
    private boolean take(int workUnits) {
        long now = nanos.getAsLong();
        units = Math.min(unitsPerSecond, units + (now - filledNanos) * (unitsPerSecond / NANOS_PER_SECOND));
        filledNanos = now;
        if (units < Math.min(workUnits, unitsPerSecond)) {
            return false;
        }
        units -= workUnits;
        return true;
    }
}
