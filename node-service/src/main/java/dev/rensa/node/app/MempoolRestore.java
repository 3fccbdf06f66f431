package dev.rensa.node.app;

import dev.rensa.node.mempool.Admission;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Offers a saved mempool to the node again, and knows what of it has not been judged yet: a node that is stopped before that
 * is over saves it once more. Safe for use by several threads.
 */
final class MempoolRestore {

    /** Transactions that are offered at once, each time some milliseconds of the writer's. */
    private static final int BATCH = 2_000;

    private static final Logger LOG = Logger.getLogger(MempoolRestore.class);

    private final Queue<List<Transaction>> unjudged = new ConcurrentLinkedQueue<>();

    /**
     * Offers all of them, in order.
     *
     * @param writer runs the offers on the writer thread, when there is something to judge them by
     * @param submit called by it; answers later
     */
    void begin(
            List<Transaction> saved, Executor writer, BiConsumer<List<Transaction>, Consumer<List<Admission>>> submit) {
        for (int start = 0; start < saved.size(); start += BATCH) {
            unjudged.add(saved.subList(start, Math.min(start + BATCH, saved.size())));
        }
        List.copyOf(unjudged)
                .forEach(batch -> writer.execute(() -> submit.accept(batch, admissions -> judged(batch, admissions))));
    }

    private void judged(List<Transaction> batch, List<Admission> admissions) {
        unjudged.remove(batch);
        long taken = admissions.stream()
                .filter(admission -> !(admission instanceof Admission.Refused))
                .count();
        LOG.infof("Restored %d of %d saved transactions", taken, admissions.size());
    }

    /** What is to be saved for the next run: what waits and, behind it, what was not judged yet. */
    List<Transaction> with(List<Transaction> waiting) {
        if (unjudged.isEmpty()) {
            return waiting;
        }
        return Stream.concat(waiting.stream(), unjudged.stream().flatMap(List::stream))
                .distinct()
                .toList();
    }
}
