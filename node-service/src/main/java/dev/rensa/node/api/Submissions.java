package dev.rensa.node.api;

import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Trial;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The way of transactions from the API to the mempool. From any thread; bounded. */
public interface Submissions {

    /**
     * Offers a transaction; many of these are handed to the writer together.
     *
     * @return what became of it; fails with a {@link ProblemException} when too many wait
     */
    CompletionStage<Admission> submit(Transaction transaction);

    /**
     * Offers a batch.
     *
     * @return one answer a transaction, in order; fails with a {@link ProblemException} when too many wait
     */
    CompletionStage<List<Admission>> submitAll(List<Transaction> transactions);

    /**
     * Asks what would become of a transaction if it were offered; nothing is taken.
     *
     * @return the answer; fails with a {@link ProblemException} when too many wait
     */
    CompletionStage<Trial> tryOut(Transaction transaction);
}
