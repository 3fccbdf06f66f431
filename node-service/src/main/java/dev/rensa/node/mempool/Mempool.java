package dev.rensa.node.mempool;

import dev.rensa.node.chain.Account;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that wait to be mined: per sender in order of nonce, <i>pending</i> ones that can be mined now apart from
 * <i>queued</i> ones that wait for a nonce or for funds. Bounded in bytes, a sender, in nonces ahead and in time; what is
 * refused is told which limit it met.
 *
 * <p>The writer thread alone changes it and selects from it; methods that say so may be called from any thread.
 */
public final class Mempool {

    private final ChainView chain;
    private final MempoolLimits limits;
    private final MempoolListener listener;
    private final AdmissionRules rules;
    private final ConcurrentMap<PublicKey, SenderQueue> senders = new ConcurrentHashMap<>();
    private final PoolIndex index = new PoolIndex();

    /** Promotions of the step under way, told once the step is done. */
    private final Set<PooledTransaction> promoted = new LinkedHashSet<>();

    private long nextSequence;
    private long selections;
    private int pendingCount;
    private volatile MempoolView view;

    public Mempool(ChainView chain, MempoolLimits limits, MempoolListener listener) {
        this.chain = chain;
        this.limits = limits;
        this.listener = listener;
        this.rules = new AdmissionRules(chain, limits);
        this.view = makeView();
    }

    /**
     * Cheap checks before the dear one of the signature. From any thread, so the answer may be a block old;
     * {@link #admit} checks again.
     */
    public Optional<Rejection> precheck(Transaction transaction) {
        if (contains(transaction.id())) {
            return Optional.of(alreadyKnown(transaction));
        }
        SenderQueue queue = senders.get(transaction.sender());
        Account account = queue == null
                ? chain.account(transaction.sender())
                : queue.view().account();
        return rules.checkForm(transaction)
                .or(() -> checkNonce(transaction, account))
                .or(() ->
                        rules.checkFunds(transaction, account, account.balance().mon()));
    }

    /** Takes a transaction, whose signature was checked, or refuses it. */
    public Admission admit(Transaction transaction, long nowMillis) {
        if (index.find(transaction.id()) != null) {
            return new Admission.Known();
        }
        Admission admission = place(transaction, nowMillis);
        finishStep();
        return admission;
    }

    /**
     * Follows the chain. Must be called for every change before anything else is admitted. Mined transactions leave, and
     * so do those in conflict with them or past their last height; abandoned ones return, oldest first; what has its
     * nonce and its funds now becomes pending. The cost grows with the change, not with the mempool.
     */
    public void chainChanged(ChainChange change, long nowMillis) {
        FollowedChange followed = FollowedChange.of(change);
        for (PublicKey account : followed.accounts()) {
            SenderQueue queue = senders.get(account);
            if (queue != null) {
                follow(queue, followed);
            }
        }
        for (Transaction transaction : followed.abandoned()) {
            restore(transaction, followed, nowMillis);
        }
        for (PooledTransaction expired : index.expiredAt(chain.head().height() + 1)) {
            evict(expired, RejectionReason.EXPIRED);
        }
        finishStep();
    }

    /** Drops what has waited for longer than the limit. */
    public void expire(long nowMillis) {
        for (PooledTransaction old : index.olderThan(nowMillis - limits.expiryMillis())) {
            evict(old, RejectionReason.EXPIRED);
        }
        finishStep();
    }

    /**
     * A valid sequence on top of the head: at each step the one with the highest fee a byte among those that are next of
     * their senders.
     *
     * @param maxBytes most bytes of all together
     */
    public List<Transaction> select(int maxBytes) {
        selections++;
        return new Selection(selections, maxBytes).choose(index.byFee());
    }

    /** Whether it waits here. From any thread. */
    public boolean contains(TransactionId id) {
        return index.find(id) != null;
    }

    /** From any thread. */
    public Optional<Transaction> find(TransactionId id) {
        return findPooled(id).map(PooledTransaction::transaction);
    }

    /** A transaction with what is known of its waiting. From any thread. */
    public Optional<PooledTransaction> findPooled(TransactionId id) {
        return Optional.ofNullable(index.find(id));
    }

    /** The mempool in numbers. From any thread. */
    public MempoolView view() {
        return view;
    }

    /** What waits of a sender; empty when nothing does. From any thread. */
    public Optional<SenderView> sender(PublicKey key) {
        return Optional.ofNullable(senders.get(key)).map(SenderQueue::view);
    }

    /**
     * A page in order of fee a byte, highest first. From any thread; changes meanwhile may show.
     *
     * @param offset how many to pass over
     * @param limit most transactions of the page
     */
    public List<PooledTransaction> page(int offset, int limit) {
        return index.byFee().stream().skip(offset).limit(limit).toList();
    }

    /** Everything that waits, each sender's in order of nonce: offered again in this order all of it is taken. */
    public List<Transaction> snapshotForSaving() {
        return senders.values().stream()
                .flatMap(queue -> queue.all().stream())
                .map(PooledTransaction::transaction)
                .toList();
    }

    private Admission place(Transaction transaction, long nowMillis) {
        SenderQueue present = senders.get(transaction.sender());
        SenderQueue queue =
                present == null ? new SenderQueue(transaction.sender(), chain.account(transaction.sender())) : present;
        PooledTransaction replaced = queue.get(transaction.nonce());
        Optional<Rejection> refusal = rules.checkForm(transaction)
                .or(() -> checkNonce(transaction, queue.account()))
                .or(() -> replaced == null
                        ? Optional.empty()
                        : AdmissionRules.checkReplacement(transaction, replaced.transaction()))
                .or(() -> rules.checkFunds(transaction, queue.account(), queue.availableAt(transaction.nonce())))
                .or(() -> makeRoom(transaction, queue, replaced));
        if (refusal.isPresent()) {
            return new Admission.Refused(refusal.get());
        }
        senders.put(transaction.sender(), queue);
        return insert(new PooledTransaction(transaction, queue, nextSequence++, nowMillis));
    }

    private Admission insert(PooledTransaction entry) {
        SenderQueue queue = entry.queue();
        PooledTransaction replaced = queue.put(entry);
        if (replaced != null) {
            index.remove(replaced);
            listener.evicted(replaced.transaction(), RejectionReason.REPLACED);
        }
        index.add(entry);
        settle(queue);
        boolean pending = entry.isPending();
        promoted.remove(entry);
        listener.admitted(entry.transaction(), pending);
        return pending ? new Admission.Pending() : new Admission.Queued(queue.pendingEnd());
    }

    private Optional<Rejection> checkNonce(Transaction transaction, Account account) {
        return rules.checkNonce(transaction, account)
                .map(rejection -> rejection.reason() == RejectionReason.NONCE_TOO_LOW && isMined(transaction)
                        ? alreadyKnown(transaction)
                        : rejection);
    }

    /** Makes room a sender and in bytes by letting go of what is worth less, always a sender's last nonce first. */
    private Optional<Rejection> makeRoom(
            Transaction transaction, SenderQueue queue, @Nullable PooledTransaction replaced) {
        long freed = replaced == null ? 0 : replaced.transaction().size();
        RoomPlan plan =
                new RoomPlan(transaction, replaced, index.bytes() - freed + transaction.size() - limits.maxBytes());
        boolean senderFull = replaced == null && queue.size() >= limits.maxPerSender();
        PooledTransaction tooFar = senderFull ? queue.last() : null;
        if (tooFar != null) {
            if (tooFar.nonce() < transaction.nonce()) {
                return Optional.of(rules.senderLimit());
            }
            plan.add(tooFar);
        }
        Optional<List<PooledTransaction>> victims = plan.complete(index.byFee().descendingSet());
        if (victims.isEmpty()) {
            return Optional.of(rules.full(feeToEnter(transaction.size())));
        }
        for (PooledTransaction victim : victims.get()) {
            evict(victim, victim == tooFar ? RejectionReason.SENDER_LIMIT : RejectionReason.MEMPOOL_FULL);
        }
        return Optional.empty();
    }

    private long feeToEnter(int size) {
        return index.size() == 0
                ? rules.minimumFee().mon()
                : Math.max(
                        rules.minimumFee().mon(),
                        FeeRate.feeAbove(index.lowest().feeRate(), size));
    }

    private void evict(PooledTransaction entry, RejectionReason reason) {
        SenderQueue queue = entry.queue();
        queue.remove(entry);
        index.remove(entry);
        settle(queue);
        promoted.remove(entry);
        listener.evicted(entry.transaction(), reason);
    }

    private void follow(SenderQueue queue, FollowedChange change) {
        for (PooledTransaction obsolete : queue.advance(chain.account(queue.sender()))) {
            index.remove(obsolete);
            Transaction transaction = obsolete.transaction();
            if (!change.connects(transaction.id()) && !isMined(transaction)) {
                listener.evicted(transaction, RejectionReason.NONCE_TOO_LOW);
            }
        }
        settle(queue);
    }

    private void restore(Transaction transaction, FollowedChange change, long nowMillis) {
        if (change.connects(transaction.id()) || contains(transaction.id()) || isMined(transaction)) {
            return;
        }
        if (place(transaction, nowMillis) instanceof Admission.Refused(Rejection rejection)) {
            listener.evicted(transaction, rejection.reason());
        }
    }

    private void settle(SenderQueue queue) {
        pendingCount -= queue.view().pendingCount();
        queue.settle(promoted::add);
        pendingCount += queue.view().pendingCount();
        if (queue.isEmpty()) {
            senders.remove(queue.sender());
        }
    }

    private void finishStep() {
        promoted.forEach(entry -> listener.promoted(entry.transaction()));
        promoted.clear();
        view = makeView();
    }

    private MempoolView makeView() {
        boolean full = index.bytes() + Transaction.MIN_BYTES > limits.maxBytes();
        Amount minimum = full ? Amount.ofMon(feeToEnter(Transaction.MIN_BYTES)) : rules.minimumFee();
        return new MempoolView(pendingCount, index.size() - pendingCount, index.bytes(), limits.maxBytes(), minimum);
    }

    private boolean isMined(Transaction transaction) {
        return chain.position(transaction.id()).isPresent();
    }

    private static Rejection alreadyKnown(Transaction transaction) {
        return new Rejection(
                RejectionReason.ALREADY_KNOWN, "transaction " + transaction.id() + " waits here or is mined already");
    }
}
