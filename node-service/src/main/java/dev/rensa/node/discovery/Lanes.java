package dev.rensa.node.discovery;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does asynchronous work on many items, a bounded number of them at a time. Each lane takes the next item when its last is
 * done, so one slow item holds up its lane alone.
 */
final class Lanes<T, R> {

    private final Iterator<T> items;
    private final Function<T, CompletionStage<R>> work;
    private final BiConsumer<T, R> whenDone;
    private final AtomicInteger lanesLeft;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private Lanes(Iterator<T> items, int width, Function<T, CompletionStage<R>> work, BiConsumer<T, R> whenDone) {
        this.items = items;
        this.work = work;
        this.whenDone = whenDone;
        this.lanesLeft = new AtomicInteger(width);
    }

    /**
     * Starts the work.
     *
     * @param width how many items may be worked on at a time
     * @param work must not fail; a failed stage ends the whole with its cause
     * @param whenDone told of each item on whatever thread its work ended
     * @return completes when every item is done
     */
    static <T, R> CompletionStage<Void> run(
            Iterable<T> items, int width, Function<T, CompletionStage<R>> work, BiConsumer<T, R> whenDone) {
        Lanes<T, R> lanes = new Lanes<>(items.iterator(), width, work, whenDone);
        for (int i = 0; i < width; i++) {
            lanes.drive();
        }
        return lanes.finished;
    }

    /** A loop and not a recursion: work that is done at once must not deepen the stack. */
    private void drive() {
        while (!finished.isDone()) {
            T item;
            synchronized (items) {
                if (!items.hasNext()) {
                    endLane();
                    return;
                }
                item = items.next();
            }
            CompletionStage<R> result = start(item);
            if (!result.toCompletableFuture().isDone()) {
                result.whenComplete((value, failure) -> {
                    settle(item, value, failure);
                    drive();
                });
                return;
            }
            result.whenComplete((value, failure) -> settle(item, value, failure));
        }
    }

    private CompletionStage<R> start(T item) {
        try {
            return work.apply(item);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void settle(T item, R value, @Nullable Throwable failure) {
        if (failure != null) {
            finished.completeExceptionally(failure);
            return;
        }
        try {
            whenDone.accept(item, value);
        } catch (RuntimeException e) {
            finished.completeExceptionally(e);
        }
    }

    private void endLane() {
        if (lanesLeft.decrementAndGet() == 0) {
            finished.complete(null);
        }
    }
}
