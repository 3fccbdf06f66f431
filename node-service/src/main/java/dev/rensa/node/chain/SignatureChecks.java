package dev.rensa.node.chain;

import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks signatures away from the writer thread, on all cores, and comes back to it. */
public interface SignatureChecks {

    /**
     * Checks every transaction. In a simulation it answers within the call.
     *
     * @param whenDone called once, on the writer thread, with one answer a transaction in the same order
     */
    void check(List<Transaction> transactions, Consumer<boolean[]> whenDone);

    /**
     * Prepares something and checks the signatures in it, without coming back to the writer in between.
     *
     * @param preparing runs away from the writer; a failure of it is our own and stops the node
     * @param signed what of it is to be checked
     * @param whenDone called once, on the writer thread and never within this call, with one answer a transaction
     */
    <T> void check(Supplier<T> preparing, Function<T, List<Transaction>> signed, BiConsumer<T, boolean[]> whenDone);
}
