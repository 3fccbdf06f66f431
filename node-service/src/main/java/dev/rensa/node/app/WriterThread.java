package dev.rensa.node.app;

import dev.rensa.node.chain.StorageException;
import dev.rensa.node.peer.RateLimitedLog;
import dev.rensa.node.peer.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that changes the ledger, the mempool and what is known of peers. Tasks run one after another in the
 * order in which they came; whoever brings one to a full queue waits, which is how a busy node slows down those who make
 * it busy.
 */
final class WriterThread implements Executor, Timers {

    /** Tasks that may wait. Every source of tasks has a smaller bound of its own, so this is met only in a flood. */
    private static final int MAX_WAITING = 65_536;

    /** What those may fill who can be refused; the rest is for peers, whose event loops would have to wait. */
    private static final int MAX_OFFERED = MAX_WAITING / 2;

    private static final Logger LOG = Logger.getLogger(WriterThread.class);

    /** Of the log, about tasks that fail: a peer might find out how to make them. */
    private static final int FAILURES_PER_MINUTE = 6;

    private final RateLimitedLog failures = new RateLimitedLog(LOG, FAILURES_PER_MINUTE);

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    /** What must not wait behind all that peers and clients bring: the miner's, who asks for one thing at a time. */
    private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();

    /** What the writer asks of itself; it must never wait for itself. Touched by the writer alone. */
    private final ArrayDeque<Runnable> own = new ArrayDeque<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rensa-timers").daemon().factory());
    private final Thread thread;
    private final Consumer<Throwable> onFailure;

    /** What to end with; null until the node stops. */
    private volatile @Nullable Runnable lastTask;

    /** When the task under way began, in nanoseconds; 0 when none is. */
    private volatile long taskBeganNanos;

    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the thread.
     *
     * @param onFailure told once when the storage fails, or the JVM does; no task runs after that
     */
    WriterThread(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name("rensa-writer").daemon().unstarted(this::run);
        thread.start();
    }

    /**
     * Runs a task after all that came before it.
     *
     * @throws RejectedExecutionException once the thread is stopped
     */
    @Override
    public void execute(Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("the node is stopping");
        }
        if (thread.equals(Thread.currentThread())) {
            own.add(task);
            return;
        }
        try {
            while (!waiting.offer(task, 1, TimeUnit.SECONDS)) {
                if (stopped) {
                    throw new RejectedExecutionException("the node is stopping");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while the writer's queue was full", e);
        }
    }

    /**
     * Runs a task after all that came before it, for callers that must not wait.
     *
     * @return false if half of the queue is full or the thread is stopped: then the task never runs
     */
    boolean offer(Runnable task) {
        if (stopped) {
            return false;
        }
        if (thread.equals(Thread.currentThread())) {
            return own.add(task);
        }
        return waiting.size() < MAX_OFFERED && waiting.offer(task);
    }

    /** Runs a task on the writer and hands its result over. */
    <T> CompletionStage<T> call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(completing(result, task));
        return result;
    }

    /**
     * Runs a task next, before all that wait, and hands its result over. For one who asks again only when answered.
     *
     * @throws RejectedExecutionException once the thread is stopped
     */
    <T> CompletionStage<T> callSoon(Supplier<T> task) {
        if (stopped) {
            throw new RejectedExecutionException("the node is stopping");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        soon.add(completing(result, task));
        // Wakes a writer that rests; one whose queue is full does not.
        waiting.offer(() -> {});
        return result;
    }

    private static <T> Runnable completing(CompletableFuture<T> result, Supplier<T> task) {
        return () -> {
            try {
                result.complete(task.get());
            } catch (StorageException e) {
                result.completeExceptionally(e);
                throw e;
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        };
    }

    @Override
    public Cancellable after(long delayMillis, Runnable task) {
        ScheduledFuture<?> scheduled =
                clock.schedule(() -> executeUnlessStopped(task), delayMillis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    /** How long the task under way has been running, in milliseconds; 0 when none is. From any thread. */
    long busyMillis() {
        long began = taskBeganNanos;
        return began == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** Whether it takes tasks. From any thread. */
    boolean isRunning() {
        return !stopped && thread.isAlive();
    }

    /** Whether it was told to end. From any thread. */
    boolean isStopping() {
        return lastTask != null;
    }

    /** Whether no task runs any more. From any thread. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Why it stopped, if it failed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /**
     * Ends behind the task under way: one last task runs, and what waits is dropped, as a kill would drop it. So a stop
     * takes the time of two tasks, however much waits. After a failure the last task does not run.
     *
     * @param bound how long to wait for that
     */
    void stop(Runnable last, Duration bound) {
        clock.shutdownNow();
        lastTask = last;
        // Wakes a writer that rests; one whose queue is full does not.
        waiting.offer(() -> {});
        join(bound);
        stopped = true;
        if (thread.isAlive()) {
            LOG.warnf("The writer did not end within %d ms", bound.toMillis());
        }
    }

    private void join(Duration bound) {
        try {
            thread.join(bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void executeUnlessStopped(Runnable task) {
        if (!stopped) {
            execute(task);
        }
    }

    private void run() {
        try {
            while (!stopped) {
                Runnable last = lastTask;
                if (last != null) {
                    runGuarded(last);
                    return;
                }
                Runnable next = soon.poll();
                if (next == null) {
                    next = own.poll();
                }
                runGuarded(next == null ? waiting.take() : next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
        }
    }

    private void runGuarded(Runnable task) {
        taskBeganNanos = System.nanoTime() | 1;
        try {
            task.run();
        } catch (StorageException | Error e) {
            fail(e);
        } catch (RuntimeException e) {
            failures.error(() -> "A task of the writer failed; the node goes on", e);
        } finally {
            taskBeganNanos = 0;
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        stopped = true;
        own.clear();
        onFailure.accept(cause);
    }
}
