package dev.rensa.node.chain;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something dear that needs neither the writer thread nor what it owns. In a simulation the answer comes by a timer. */
@FunctionalInterface
public interface BackgroundWork {

    /** Computes and answers within the call: for tools and tests that have no other thread. */
    BackgroundWork AT_ONCE = new BackgroundWork() {
        @Override
        public <T> void compute(Supplier<T> work, Consumer<T> whenDone) {
            whenDone.accept(work.get());
        }
    };

    /**
     * Computes something away from the writer, one after another in the order of asking.
     *
     * @param work a failure of it is our own and stops the node
     * @param whenDone called once, on the writer thread, not within this call, except {@link #AT_ONCE}
     */
    <T> void compute(Supplier<T> work, Consumer<T> whenDone);

    /** Computes something away from the writer, then runs on the writer what came of it. */
    default void run(Supplier<Runnable> work) {
        compute(work, Runnable::run);
    }
}
