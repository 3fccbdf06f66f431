package dev.rensa.node.app;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.StorageException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One thread that works for the writer, one thing after another. Who asks bounds how much is asked for at once. */
final class BackgroundThread implements BackgroundWork, AutoCloseable {

    private final String name;
    private final Executor writer;
    private final ThreadPoolExecutor thread;

    BackgroundThread(String name, Executor writer) {
        this.name = name;
        this.writer = writer;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name).daemon().factory());
    }

    @Override
    public <T> void compute(Supplier<T> work, Consumer<T> whenDone) {
        try {
            thread.execute(() -> run(work, whenDone));
        } catch (RejectedExecutionException e) {
            // The node is stopping: nobody waits for the answer any more.
        }
    }

    private <T> void run(Supplier<T> work, Consumer<T> whenDone) {
        T result;
        try {
            result = work.get();
        } catch (StorageException e) {
            tellWriter(() -> {
                throw e;
            });
            return;
        } catch (RuntimeException | Error e) {
            tellWriter(() -> {
                throw new AssertionError(name + " failed", e);
            });
            return;
        }
        tellWriter(() -> whenDone.accept(result));
    }

    private void tellWriter(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            // The node is stopping: what was computed is not needed any more.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
