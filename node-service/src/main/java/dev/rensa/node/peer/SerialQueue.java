package dev.rensa.node.peer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after another, in order, on threads that many such queues share. Its length is bounded by who fills it: a
 * connection stops reading when too much of what it received is in flight.
 */
final class SerialQueue {

    private final Executor threads;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SerialQueue(Executor threads) {
        this.threads = threads;
    }

    void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        schedule();
    }

    private void schedule() {
        try {
            threads.execute(this::runOne);
        } catch (RejectedExecutionException e) {
            // The threads ended with the transport: nobody waits for what is left.
            synchronized (tasks) {
                tasks.clear();
                running = false;
            }
        }
    }

    /** One task a turn, so that a busy peer does not hold a thread that others wait for. */
    private void runOne() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.remove();
        }
        try {
            task.run();
        } finally {
            boolean more;
            synchronized (tasks) {
                more = !tasks.isEmpty();
                running = more;
            }
            if (more) {
                schedule();
            }
        }
    }
}
