package dev.rensa.node.mempool;

import dev.rensa.node.chain.Account;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one sender by nonce. Those from the account's next nonce up to {@link #pendingEnd} are pending:
 * contiguous, and together covered by the balance. Sums are kept, not computed anew, so that a sender with thousands
 * waiting costs no more a step than one with a few.
 *
 * <p>Owned by the writer thread; {@link #view}, {@link #get} and {@link #from} may be read from any.
 */
final class SenderQueue {

    private final PublicKey sender;
    private final ConcurrentSkipListMap<Long, PooledTransaction> entries = new ConcurrentSkipListMap<>();
    private Account account;

    /** Kept, since a skip list has to count. */
    private int size;

    /** Lowest nonce that is not pending. */
    private long pendingEnd;

    /** Cost of everything pending, in mon; never above the balance once settled. */
    private long pendingCost;

    /** Used by {@link Selection} alone: the round that the next field belongs to. */
    long selectionRound;

    /** Used by {@link Selection} alone: the nonce that may be taken next in that round. */
    long selectionNext;

    private volatile SenderView view;

    SenderQueue(PublicKey sender, Account account) {
        this.sender = sender;
        this.account = account;
        this.pendingEnd = account.nextNonce();
        this.view = makeView();
    }

    PublicKey sender() {
        return sender;
    }

    SenderView view() {
        return view;
    }

    Account account() {
        return account;
    }

    long pendingEnd() {
        return pendingEnd;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable
    PooledTransaction get(long nonce) {
        return entries.get(nonce);
    }

    /** The one with the highest nonce; the queue must not be empty. */
    PooledTransaction last() {
        return entries.lastEntry().getValue();
    }

    /** All of them by nonce. */
    List<PooledTransaction> all() {
        return List.copyOf(entries.values());
    }

    /** Those from a nonce on, ascending. */
    Collection<PooledTransaction> from(long nonce) {
        return entries.tailMap(nonce, true).values();
    }

    /** The one with the next lower nonce. */
    @Nullable
    PooledTransaction before(long nonce) {
        Map.Entry<Long, PooledTransaction> lower = entries.lowerEntry(nonce);
        return lower == null ? null : lower.getValue();
    }

    /**
     * What the balance leaves for a transaction at a nonce beside all others that are pending, in mon. So a replacement
     * never costs those behind it their place, and asking is cheap however many there are.
     */
    long availableAt(long nonce) {
        long available = account.balance().mon() - pendingCost;
        PooledTransaction present = nonce < pendingEnd ? entries.get(nonce) : null;
        return present == null ? available : available + present.cost();
    }

    /**
     * Takes a transaction, in place of the one with the same nonce if there is any. {@link #settle} must follow.
     *
     * @param entry one that costs no more than {@link #availableAt} its nonce
     */
    @Nullable
    PooledTransaction put(PooledTransaction entry) {
        PooledTransaction replaced = entries.put(entry.nonce(), entry);
        if (replaced == null) {
            size++;
        } else if (entry.nonce() < pendingEnd) {
            pendingCost += entry.cost() - replaced.cost();
        }
        return replaced;
    }

    /** Lets one go; those behind it are no longer pending. {@link #settle} must follow. */
    void remove(PooledTransaction entry) {
        while (entry.nonce() < pendingEnd) {
            demoteLast();
        }
        if (entries.remove(entry.nonce()) != null) {
            size--;
        }
    }

    /**
     * Takes over the account's state at a new head and lets go of what it made obsolete.
     *
     * @return transactions below the account's next nonce: mined, or in conflict with mined ones
     */
    List<PooledTransaction> advance(Account newAccount) {
        List<PooledTransaction> obsolete = new ArrayList<>();
        if (newAccount.nextNonce() < account.nextNonce()) {
            // A reorganisation took back what the pending ones stand upon: count again from the new beginning.
            pendingEnd = newAccount.nextNonce();
            pendingCost = 0;
        }
        while (!entries.isEmpty() && entries.firstKey() < newAccount.nextNonce()) {
            PooledTransaction first = entries.pollFirstEntry().getValue();
            size--;
            if (first.nonce() < pendingEnd) {
                pendingCost -= first.cost();
            }
            obsolete.add(first);
        }
        pendingEnd = Math.max(pendingEnd, newAccount.nextNonce());
        account = newAccount;
        return obsolete;
    }

    /**
     * Makes pending what is contiguous and covered, and no more.
     *
     * @param promoted hears of each that was not pending when this was last called
     */
    void settle(Consumer<PooledTransaction> promoted) {
        while (pendingCost > account.balance().mon()) {
            demoteLast();
        }
        for (PooledTransaction next = entries.get(pendingEnd);
                next != null && next.cost() <= account.balance().mon() - pendingCost;
                next = entries.get(pendingEnd)) {
            pendingCost += next.cost();
            pendingEnd++;
            if (!wasPending(next.nonce())) {
                promoted.accept(next);
            }
        }
        view = makeView();
    }

    private boolean wasPending(long nonce) {
        return nonce >= view.account().nextNonce() && nonce < view.pendingNextNonce();
    }

    private void demoteLast() {
        pendingEnd--;
        PooledTransaction last = entries.get(pendingEnd);
        if (last == null) {
            throw new IllegalStateException("pending nonces of " + sender + " are not contiguous at " + pendingEnd);
        }
        pendingCost -= last.cost();
    }

    private SenderView makeView() {
        return new SenderView(account, Amount.ofMon(account.balance().mon() - pendingCost), pendingEnd, size);
    }
}
