package dev.rensa.node.simulation;

import dev.rensa.node.peer.Timers;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A virtual clock: what is to happen, in order of time and then of being asked for. */
final class Schedule {

    /** Far more than any run needs; a run that gets here goes round in circles. */
    private static final long MAX_EVENTS = 20_000_000;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::sequence));
    private long nowMillis;
    private long sequence;
    private long executed;

    /** What is to happen; nothing does if it is cancelled, and it stays until its time has come. */
    private static final class Event implements Timers.Cancellable {
        private final long atMillis;
        private final long sequence;
        private Runnable task;

        Event(long atMillis, long sequence, Runnable task) {
            this.atMillis = atMillis;
            this.sequence = sequence;
            this.task = task;
        }

        long atMillis() {
            return atMillis;
        }

        long sequence() {
            return sequence;
        }

        @Override
        public void cancel() {
            task = () -> {};
        }
    }

    Schedule(long startMillis) {
        this.nowMillis = startMillis;
    }

    long nowMillis() {
        return nowMillis;
    }

    Timers.Cancellable after(long delayMillis, Runnable task) {
        Event event = new Event(nowMillis + delayMillis, sequence++, task);
        events.add(event);
        return event;
    }

    void runFor(long millis) {
        long end = nowMillis + millis;
        while (!events.isEmpty() && events.element().atMillis() <= end) {
            Event event = events.remove();
            nowMillis = event.atMillis();
            if (++executed > MAX_EVENTS) {
                throw new AssertionError("more than " + MAX_EVENTS + " events: the nodes go round in circles");
            }
            event.task.run();
        }
        nowMillis = end;
    }
}
