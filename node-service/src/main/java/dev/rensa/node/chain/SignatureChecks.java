package dev.rensa.node.chain;

import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks signatures away from the writer thread, on all cores, and comes back to it. In a simulation it answers within
 * the call.
 */
public interface SignatureChecks {

    /**
     * Checks every transaction.
     *
     * @param whenDone called once, on the writer thread, with one answer a transaction in the same order
     */
    void check(List<Transaction> transactions, Consumer<boolean[]> whenDone);
}
