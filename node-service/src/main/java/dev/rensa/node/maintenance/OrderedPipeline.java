package dev.rensa.node.maintenance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepares things on all cores and hands them on in their order: while one block is applied, the next ones are decoded and
 * their signatures checked.
 */
final class OrderedPipeline {
    /** Things that are under way at once. */
    private static final int MAX_AHEAD = 64;

    /** Weight of what is under way at once, 64 MiB; one thing alone may pass it. */
    private static final long MAX_BYTES_AHEAD = 64L << 20;

    private OrderedPipeline() {}

    /** Something to prepare, which takes about so many bytes. */
    record Item<T>(T value, long bytes) {}

    private record Prepared<T>(Future<T> future, long bytes) {}

    /**
     * Runs until the source has no more. What goes wrong anywhere is thrown here, once everything that stands before it was
     * handed on.
     *
     * @param source asked on the calling thread; null at its end
     * @param preparation run on all cores
     * @param sink takes what is prepared, on the calling thread
     */
    static <T, R> void run(Supplier<@Nullable Item<T>> source, Function<T, R> preparation, Consumer<R> sink) {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(
                cores,
                Thread.ofPlatform().name("rensa-maintenance-", 0).daemon().factory());
        try {
            Optional<RuntimeException> failure = run(source, preparation, sink, workers);
            if (failure.isPresent()) {
                throw failure.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** Returns why the source ended too early, if it did. */
    private static <T, R> Optional<RuntimeException> run(
            Supplier<@Nullable Item<T>> source, Function<T, R> preparation, Consumer<R> sink, ExecutorService workers) {
        Deque<Prepared<R>> ahead = new ArrayDeque<>();
        long bytesAhead = 0;
        Optional<RuntimeException> failure = Optional.empty();
        for (boolean more = true; more; ) {
            Item<T> next = null;
            try {
                next = source.get();
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
            more = next != null;
            while (!ahead.isEmpty() && (!more || ahead.size() >= MAX_AHEAD || bytesAhead >= MAX_BYTES_AHEAD)) {
                bytesAhead -= handOn(ahead, sink);
            }
            if (next != null) {
                T value = next.value();
                ahead.add(new Prepared<>(workers.submit(() -> preparation.apply(value)), next.bytes()));
                bytesAhead += next.bytes();
            }
        }
        return failure;
    }

    /** Returns the weight of what was handed on. */
    private static <R> long handOn(Deque<Prepared<R>> ahead, Consumer<R> sink) {
        Prepared<R> first = ahead.remove();
        sink.accept(await(first.future()));
        return first.bytes();
    }

    private static <R> R await(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IllegalStateException("a block could not be prepared", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MaintenanceException("Interrupted.");
        }
    }
}
