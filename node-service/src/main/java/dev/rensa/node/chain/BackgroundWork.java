package dev.rensa.node.chain;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something dear that needs neither the writer thread nor what it owns. In a simulation the answer comes by a timer. */
@FunctionalInterface
public interface BackgroundWork {

    /**
     * Computes something away from the writer, one after another in the order of asking.
     *
     * @param work a failure of it is our own and stops the node
     * @param whenDone called once, on the writer thread, never within this call
     */
    <T> void compute(Supplier<T> work, Consumer<T> whenDone);
}
