package dev.rensa.node.mempool;

import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what goes into a block: at each step the dearest of the transactions that are next of their senders.
 *
 * <p>It walks the mempool in order of fee. A transaction whose predecessor was not taken yet is passed over; once the
 * predecessor is taken it is dearer than all that is still ahead of the walk, so it comes from a heap of such latecomers,
 * which is asked first. The cost grows with what is taken and passed over, not with the size of the mempool.
 */
final class Selection {

    /** Once this many in a row did not fit, the block is as good as full. */
    private static final int MAX_MISFITS = 100;

    private final long round;
    private final List<Transaction> chosen = new ArrayList<>();
    private final PriorityQueue<PooledTransaction> latecomers = new PriorityQueue<>();
    private @Nullable PooledTransaction walkedTo;
    private int roomBytes;
    private int misfits;

    /**
     * Prepares a choice.
     *
     * @param round a number that no earlier selection on the same queues had
     */
    Selection(long round, int maxBytes) {
        this.round = round;
        this.roomBytes = maxBytes;
    }

    List<Transaction> choose(Iterable<PooledTransaction> byFee) {
        Iterator<PooledTransaction> walk = byFee.iterator();
        while (misfits < MAX_MISFITS && roomBytes >= Transaction.MIN_BYTES) {
            if (!latecomers.isEmpty()) {
                take(latecomers.remove());
            } else if (walk.hasNext()) {
                PooledTransaction entry = walk.next();
                walkedTo = entry;
                if (isNext(entry)) {
                    take(entry);
                }
            } else {
                break;
            }
        }
        return chosen;
    }

    private boolean isNext(PooledTransaction entry) {
        SenderQueue queue = entry.queue();
        if (queue.selectionRound != round) {
            queue.selectionRound = round;
            queue.selectionNext = queue.account().nextNonce();
        }
        return entry.nonce() == queue.selectionNext && entry.nonce() < queue.pendingEnd();
    }

    /** Takes one that is next of its sender, unless there is no room: then nothing more of that sender can follow. */
    private void take(PooledTransaction entry) {
        if (entry.transaction().size() > roomBytes) {
            misfits++;
            return;
        }
        misfits = 0;
        chosen.add(entry.transaction());
        roomBytes -= entry.transaction().size();
        SenderQueue queue = entry.queue();
        queue.selectionNext = entry.nonce() + 1;
        PooledTransaction successor = queue.selectionNext < queue.pendingEnd() ? queue.get(queue.selectionNext) : null;
        if (successor != null && walkedTo != null && successor.compareTo(walkedTo) < 0) {
            latecomers.add(successor);
        }
    }
}
