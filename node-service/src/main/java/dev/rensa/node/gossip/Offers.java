package dev.rensa.node.gossip;

import dev.rensa.node.mempool.Mempool;
import dev.rensa.protocol.transaction.Transaction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is in the mempool, and what was of late, under the short ids that it is announced by. A block may take a transaction
 * out of the mempool between announcement and question, and another block may bring it back: it is given away all the same.
 */
final class Offers {

    /**
     * So many are kept whether they still wait or not: four seconds of 10,000 a second, where a question comes within one.
     * Most that do not wait are in the latest blocks, which are in memory anyway; at worst they hold 30 MB.
     */
    static final int KEPT = 40_000;

    /** How many old ones are looked at when one is added: more than one, so that what left the mempool leaves here too. */
    private static final int LOOKED_AT = 2;

    private final Mempool mempool;
    private final ShortIdMap<Transaction> byId;
    private final ShortIdQueue inOrder = new ShortIdQueue(Integer.MAX_VALUE);

    Offers(Mempool mempool, long secret) {
        this.mempool = mempool;
        this.byId = new ShortIdMap<>(secret);
    }

    /** From now on it can be asked for. */
    void add(Transaction transaction) {
        long id = transaction.id().prefix();
        if (byId.put(id, transaction) == null) {
            inOrder.add(id);
            for (int looked = 0; looked < LOOKED_AT && inOrder.size() > KEPT; looked++) {
                long oldest = inOrder.poll();
                if (isWaiting(oldest)) {
                    inOrder.add(oldest);
                } else {
                    byId.remove(oldest);
                }
            }
        }
    }

    @Nullable
    Transaction find(long id) {
        return byId.get(id);
    }

    /** Whether it waits to be mined, so that telling of it is of use. */
    boolean isWaiting(long id) {
        Transaction transaction = byId.get(id);
        return transaction != null && mempool.contains(transaction.id());
    }

    /** Shows the latest ones, until the visitor has enough. */
    boolean visit(Predicate<Transaction> wantsMore) {
        for (int i = inOrder.size() - 1; i >= Math.max(0, inOrder.size() - KEPT); i--) {
            Transaction transaction = byId.get(inOrder.get(i));
            if (transaction != null && !wantsMore.test(transaction)) {
                return false;
            }
        }
        return true;
    }
}
