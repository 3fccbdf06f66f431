package dev.rensa.bench.propagation;

import dev.rensa.node.peer.Timers;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The writer of a node in this process: one thread for its tasks and its timers. */
final class NodeThread implements Executor, Timers, AutoCloseable {

    private final ScheduledThreadPoolExecutor thread;

    NodeThread(String name) {
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            if (!thread.isShutdown()) {
                throw e;
            }
            // A connection that ends after its node has nobody to tell.
        }
    }

    @Override
    public Cancellable after(long delayMillis, Runnable task) {
        Future<?> waiting = thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> waiting.cancel(false);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
