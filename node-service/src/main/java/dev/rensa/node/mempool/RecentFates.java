package dev.rensa.node.mempool;

import dev.rensa.protocol.crypto.TransactionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of transactions lately. What was refused has a memory of its own: refusals cost nothing, so whoever sends many
 * would otherwise wipe out what others want to know. The writer thread adds, any thread reads.
 */
final class RecentFates {

    /** Transactions that left; some 6 MB. */
    static final int MAX_LEFT = 20_000;

    /** Transactions that were refused; some 4 MB. */
    static final int MAX_REFUSED = 10_000;

    private record Entry(TransactionId id, Fate fate) {}

    private final ConcurrentMap<TransactionId, Fate> fates = new ConcurrentHashMap<>();
    private final Deque<Entry> left = new ArrayDeque<>();
    private final Deque<Entry> refused = new ArrayDeque<>();

    void add(TransactionId id, Fate fate) {
        Fate known = fates.get(id);
        if (!fate.waited() && known != null && known.waited()) {
            // That it is refused when it is offered again tells less than why it left.
            return;
        }
        fates.put(id, fate);
        if (fate.waited()) {
            remember(left, MAX_LEFT, new Entry(id, fate));
        } else {
            remember(refused, MAX_REFUSED, new Entry(id, fate));
        }
    }

    @Nullable
    Fate find(TransactionId id) {
        return fates.get(id);
    }

    int size() {
        return fates.size();
    }

    private void remember(Deque<Entry> memory, int most, Entry entry) {
        memory.add(entry);
        if (memory.size() > most) {
            Entry oldest = memory.remove();
            fates.remove(oldest.id(), oldest.fate());
        }
    }
}
