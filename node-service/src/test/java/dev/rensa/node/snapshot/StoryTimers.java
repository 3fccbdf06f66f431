package dev.rensa.node.snapshot;

import dev.rensa.node.peer.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that moves when it is told to, and what is due by it. */
final class StoryTimers implements Timers, InstantSource {
    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMillis).thenComparingLong(Due::number));
    private long nowMillis;
    private long given;

    private record Due(long atMillis, long number, Runnable task) {}

    StoryTimers(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    @Override
    public Cancellable after(long delayMillis, Runnable task) {
        Due due = new Due(nowMillis + delayMillis, given++, task);
        tasks.add(due);
        return () -> tasks.remove(due);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis);
    }

    /** Nothing of what was to come is done. */
    void forget() {
        tasks.clear();
    }

    /** Runs what becomes due, each at its time. */
    void pass(long millis) {
        long until = nowMillis + millis;
        while (!tasks.isEmpty() && tasks.element().atMillis() <= until) {
            Due due = tasks.remove();
            nowMillis = due.atMillis();
            due.task().run();
        }
        nowMillis = until;
    }
}
