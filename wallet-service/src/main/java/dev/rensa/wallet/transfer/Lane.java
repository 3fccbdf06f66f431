package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One sender's order: hands out its nonces without gap or double and knows what its account has promised. Owned by the
 * desk's thread.
 */
final class Lane {

    /** Gaps mended at a time. */
    private static final int MAX_GAPS = 100;

    /** REQUESTED, in order. */
    private final Map<TransferId, Transfer> waiting = new LinkedHashMap<>();

    /** RESERVED to MINED. */
    private final NavigableMap<Long, Transfer> byNonce = new TreeMap<>();

    /** Nonces that were handed out to transfers that ended unmined; they go first. */
    private final TreeSet<Long> freed = new TreeSet<>();

    private long nextNonce;
    private boolean known;
    private long usedMillis;

    private final MonSum waitingCost = new MonSum();

    /** Sum over {@link #byNonce} from this nonce on, kept because every request asks for it. */
    private long summedFrom = -1;

    private MonSum sum = new MonSum();

    /** Whether a node has told where the account stands: no nonce is handed out before. */
    boolean isKnown() {
        return known;
    }

    /** Somebody pays from it. */
    void use(long now) {
        usedMillis = now;
    }

    boolean isIdleSince(long millis) {
        return usedMillis < millis;
    }

    /** The transfer that has a nonce. */
    Optional<Transfer> holderOf(long nonce) {
        return Optional.ofNullable(byNonce.get(nonce));
    }

    /**
     * The transfer that a transaction pays which was not signed here: another wallet of the same keys signed it, as the one
     * does that a backup is of.
     */
    Optional<Transfer> paidBy(Transaction transaction) {
        return holderOf(transaction.nonce())
                .filter(transfer -> transfer.state().isUnderWay() && transfer.isPaidBy(transaction))
                .or(() -> waiting.values().stream()
                        .filter(transfer -> transfer.isHeld()
                                && transfer.isPaidBy(transaction)
                                && transfer.order().validUntil() == transaction.validUntil())
                        .findFirst());
    }

    /** Whether nodes have transactions of this account that wait and are not ours. */
    boolean hasForeignPending(AccountView view) {
        for (long nonce = view.nextNonce(); nonce < view.pendingNextNonce(); nonce++) {
            if (!byNonce.containsKey(nonce)) {
                return true;
            }
        }
        return false;
    }

    /** Takes in what a node says. Transactions that others made with the same key move the next nonce. */
    void learn(AccountView view) {
        known = true;
        nextNonce = Math.max(nextNonce, Math.max(view.nextNonce(), view.pendingNextNonce()));
        freed.headSet(view.nextNonce()).clear();
    }

    /** Mon promised by transfers that the account at {@code chainNextNonce} has not paid yet; 2⁶³ − 1 where it is more. */
    long promised(long chainNextNonce) {
        return promise(chainNextNonce).mon();
    }

    /** The same without one of them. */
    long promisedToOthers(Transfer transfer, long chainNextNonce) {
        MonSum promise = promise(chainNextNonce);
        Long nonce = transfer.nonce();
        if (nonce != null && nonce >= chainNextNonce && isHere(nonce, transfer)) {
            promise.subtract(transfer.cost());
        }
        return promise.mon();
    }

    private MonSum promise(long chainNextNonce) {
        if (summedFrom != chainNextNonce) {
            summedFrom = chainNextNonce;
            MonSum fresh = new MonSum();
            byNonce.tailMap(chainNextNonce, true).values().forEach(transfer -> fresh.add(transfer.cost()));
            sum = fresh;
        }
        MonSum promise = new MonSum();
        promise.addAll(waitingCost);
        promise.addAll(sum);
        return promise;
    }

    /** The lowest nonce that is free. */
    long takeNonce() {
        if (!known) {
            throw new IllegalStateException("no nonce is handed out before a node told where the account stands");
        }
        Long free = freed.pollFirst();
        return free != null ? free : nextNonce++;
    }

    /** Puts a transfer in its place, by its state. */
    void add(Transfer transfer) {
        Long nonce = transfer.nonce();
        if (transfer.state() == TransferState.REQUESTED) {
            waiting.put(transfer.id(), transfer);
            waitingCost.add(transfer.cost());
        } else if (transfer.state().isOpen() && nonce != null) {
            byNonce.put(nonce, transfer);
            freed.remove(nonce);
            nextNonce = Math.max(nextNonce, nonce + 1);
            if (nonce >= summedFrom) {
                sum.add(transfer.cost());
            }
        }
    }

    /** Gives back the nonce of a transfer that will never be mined. */
    void free(long nonce) {
        freed.add(nonce);
    }

    /** Nonces that no transfer of ours has, although later ones wait for them. */
    List<Long> gaps(AccountView view) {
        List<Long> gaps = new ArrayList<>();
        if (byNonce.isEmpty()) {
            return gaps;
        }
        long from = Math.max(view.nextNonce(), view.pendingNextNonce());
        for (long nonce = from; nonce < byNonce.lastKey() && gaps.size() < MAX_GAPS; nonce++) {
            if (!byNonce.containsKey(nonce)) {
                gaps.add(nonce);
            }
        }
        return gaps;
    }

    List<Transfer> waiting() {
        return List.copyOf(waiting.values());
    }

    /** RESERVED, in the order of their nonces. */
    List<Transfer> reserved() {
        return byNonce.values().stream()
                .filter(transfer -> transfer.state() == TransferState.RESERVED)
                .toList();
    }

    /** SIGNED and SUBMITTED, in the order of their nonces. */
    List<Transfer> underWay() {
        return byNonce.values().stream()
                .filter(transfer -> transfer.state().isUnderWay())
                .toList();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && byNonce.isEmpty();
    }

    void remove(Transfer transfer) {
        Long nonce = transfer.nonce();
        if (transfer.state() == TransferState.REQUESTED) {
            if (waiting.remove(transfer.id()) != null) {
                waitingCost.subtract(transfer.cost());
            }
        } else if (nonce != null && isHere(nonce, transfer)) {
            byNonce.remove(nonce);
            if (nonce >= summedFrom) {
                sum.subtract(transfer.cost());
            }
        }
    }

    /** One that ended long ago may have had the nonce that another has now. */
    private boolean isHere(long nonce, Transfer transfer) {
        Transfer present = byNonce.get(nonce);
        return present != null && present.id().equals(transfer.id());
    }
}
