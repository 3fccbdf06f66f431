package dev.rensa.node.app;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Saves the mempool every so often, so that a kill loses little. The writer only takes the list of what waits; writing it is
 * done elsewhere, and the next pause begins when that is over. A mempool that did not change is not written again.
 */
final class MempoolSaver {
    /** Of a full mempool of the default size some 6 MB a second are written so, while it changes. */
    static final long PAUSE_MILLIS = 10_000;

    private final Timers timers;
    private final BackgroundWork disk;
    private final LongSupplier changes;
    private final Supplier<List<Transaction>> waiting;
    private final Consumer<List<Transaction>> save;
    private long savedChanges;

    /**
     * Prepares it.
     *
     * @param changes a number that differs whenever the mempool does
     * @param waiting what is to be saved, asked on the writer thread
     * @param save called on the thread of {@code disk}
     */
    MempoolSaver(
            Timers timers,
            BackgroundWork disk,
            LongSupplier changes,
            Supplier<List<Transaction>> waiting,
            Consumer<List<Transaction>> save) {
        this.timers = timers;
        this.disk = disk;
        this.changes = changes;
        this.waiting = waiting;
        this.save = save;
    }

    /** Begins; call it once. */
    void begin() {
        timers.after(PAUSE_MILLIS, this::look);
    }

    private void look() {
        long now = changes.getAsLong();
        if (now == savedChanges) {
            begin();
            return;
        }
        List<Transaction> transactions = waiting.get();
        disk.run(() -> {
            save.accept(transactions);
            return () -> {
                savedChanges = now;
                begin();
            };
        });
    }
}
