package dev.rensa.node.mempool;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

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
    private final ConcurrentMap<PublicKey, SenderQueue> senders = new ConcurrentHashMap<>();
    private final PoolIndex index = new PoolIndex();
    private final AdmissionPlanner planner;
    private final MempoolPages pages = new MempoolPages(index, senders);
    private final RecentFates fates = new RecentFates();
    private final RecentBlocks recentBlocks;
    private final FeeLadder ladder;

    /** Promotions of the step under way, told once the step is done. */
    private final Set<PooledTransaction> promoted = new LinkedHashSet<>();

    /** Time of the step under way. */
    private long nowMillis;

    private long nextSequence;
    private long selections;
    private int pendingCount;
    private volatile MempoolView view;

    public Mempool(ChainView chain, MempoolLimits limits, MempoolListener listener) {
        this.chain = chain;
        this.limits = limits;
        this.listener = listener;
        this.planner = new AdmissionPlanner(chain, limits, index);
        int blockBytes = chain.genesis().maxBlockBytes();
        this.recentBlocks = new RecentBlocks(blockBytes);
        this.ladder = new FeeLadder(index, recentBlocks, blockBytes);
        this.view = makeView();
    }

    /**
     * Cheap checks before the dear one of the signature. From any thread, so the answer may be a block old;
     * {@link #admit} checks again.
     */
    public Optional<Rejection> precheck(Transaction transaction) {
        return planner.precheck(transaction, senders.get(transaction.sender()));
    }

    /** Takes a transaction, whose signature was checked, or refuses it. */
    public Admission admit(Transaction transaction, long now) {
        if (index.find(transaction.id()) != null) {
            return new Admission.Known();
        }
        beginStep(now);
        AdmissionPlan plan = planner.plan(transaction, queueOf(transaction.sender()));
        Admission admission = switch (plan) {
            case AdmissionPlan.Refuse(Rejection rejection) -> new Admission.Refused(rejection);
            case AdmissionPlan.Take take -> {
                boolean pending = take(transaction, take);
                listener.admitted(transaction, pending);
                yield admission(pending, take.queue());
            }
        };
        finishStep();
        return admission;
    }

    /** What {@link #admit} would answer and do to others; nothing changes. The signature must have been checked. */
    public Trial tryOut(Transaction transaction) {
        if (contains(transaction.id())) {
            return Trial.of(new Admission.Known());
        }
        SenderQueue queue = queueOf(transaction.sender());
        return switch (planner.plan(transaction, queue)) {
            case AdmissionPlan.Refuse(Rejection rejection) -> Trial.of(new Admission.Refused(rejection));
            case AdmissionPlan.Take(var _, var replaced, var victims, var _) ->
                new Trial(
                        // The plan says that its funds suffice; so only an earlier nonce can be lacking.
                        admission(transaction.nonce() <= queue.pendingEnd(), queue),
                        Optional.ofNullable(replaced)
                                .map(entry -> entry.transaction().id()),
                        victims.stream().map(entry -> entry.transaction().id()).toList());
        };
    }

    /** Remembers for those who ask that a transaction was offered and not taken. */
    public void noteRefusal(TransactionId id, Rejection rejection, long now) {
        fates.add(id, new Fate(rejection, false, now, Optional.empty()));
    }

    /**
     * Follows the chain. Must be called for every change before anything else is admitted. Mined transactions leave, and
     * so do those in conflict with them or past their last height; abandoned ones return, oldest first; what has its
     * nonce and its funds now becomes pending. The cost grows with the change, not with the mempool.
     */
    public void chainChanged(ChainChange change, long now) {
        beginStep(now);
        recentBlocks.follow(change);
        // A node that catches up has an empty mempool: nothing is to be looked at for each of a million transactions.
        FollowedChange followed =
                senders.isEmpty() && change.disconnected().isEmpty() ? FollowedChange.NONE : FollowedChange.of(change);
        for (PublicKey account : followed.accounts()) {
            SenderQueue queue = senders.get(account);
            if (queue != null) {
                follow(queue, followed);
            }
        }
        for (Transaction transaction : followed.abandoned()) {
            restore(transaction, followed);
        }
        dropOutdated();
        finishStep();
    }

    /** The accounts were replaced as a whole by those behind another head: every sender is looked at anew. */
    public void baseInstalled(long now) {
        beginStep(now);
        List.copyOf(senders.values()).forEach(queue -> follow(queue, FollowedChange.NONE));
        dropOutdated();
        finishStep();
    }

    private void dropOutdated() {
        for (PooledTransaction expired : index.expiredAt(chain.head().height() + 1)) {
            evict(
                    expired,
                    RejectionReason.EXPIRED,
                    "it was valid until height " + expired.transaction().validUntil()
                            + " and was not mined until then: sign it anew with a later height");
        }
    }

    /** Drops what has waited for longer than the limit. */
    public void expire(long now) {
        beginStep(now);
        for (PooledTransaction old : index.olderThan(now - limits.expiryMillis())) {
            evict(
                    old,
                    RejectionReason.EXPIRED,
                    "it waited for longer than this node keeps transactions: rensa.mempool.expiry is "
                            + limits.expiryMillis() / 1_000 + " s. Send it again, perhaps with a higher fee");
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
        return new Selection(selections, maxBytes).choose(index.byFee().values());
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

    /** A page of what waits. From any thread; changes meanwhile may show. */
    public PoolPage page(PageQuery query) {
        return pages.page(query);
    }

    /** What became of a transaction that neither waits nor is mined, if it is remembered. From any thread. */
    public Optional<Fate> fate(TransactionId id) {
        return Optional.ofNullable(fates.find(id));
    }

    /** Where a pending transaction stands in the order of fees, as far as 20,000 before it tell. From any thread. */
    public BlockQueue queueBefore(PooledTransaction entry) {
        return BlockQueue.of(entry, index.byFee().values(), chain.genesis().maxBlockBytes(), BlockQueue.MAX_WALKED);
    }

    /** What to pay to be mined soon, the soonest first. From any thread; the cost grows with the mempool. */
    public List<FeeEstimate> estimateFees() {
        return ladder.estimate(planner.minimumFee(), view.minimumFee());
    }

    public MempoolLimits limits() {
        return limits;
    }

    /** How many transactions have come and gone: it differs whenever what waits does. Writer thread only. */
    public long changes() {
        return index.changes();
    }

    /** Everything that waits, each sender's in order of nonce: offered again in this order all of it is taken. */
    public List<Transaction> snapshotForSaving() {
        return senders.values().stream()
                .flatMap(queue -> queue.all().stream())
                .map(PooledTransaction::transaction)
                .toList();
    }

    /**
     * Walks over everything that waits, each sender's in order of nonce, without a copy of it all. What comes or goes
     * meanwhile may be met or not. Writer thread only, at any time.
     */
    public Iterator<Transaction> walk() {
        return senders.values().stream()
                .flatMap(queue -> queue.all().stream())
                .map(PooledTransaction::transaction)
                .iterator();
    }

    /**
     * Shows what waits, highest fee a byte first, until the visitor has enough. From any thread.
     *
     * @return whether it saw all
     */
    public boolean visit(Predicate<Transaction> wantsMore) {
        for (PooledTransaction entry : index.byFee().values()) {
            if (!wantsMore.test(entry.transaction())) {
                return false;
            }
        }
        return true;
    }

    private SenderQueue queueOf(PublicKey sender) {
        SenderQueue present = senders.get(sender);
        return present == null ? new SenderQueue(sender, chain.account(sender)) : present;
    }

    /** Does what was planned and answers whether the transaction is pending. */
    private boolean take(Transaction transaction, AdmissionPlan.Take plan) {
        for (PooledTransaction victim : plan.victims()) {
            if (victim == plan.beyondSenderLimit()) {
                evict(
                        victim,
                        RejectionReason.SENDER_LIMIT,
                        "an earlier nonce took its place: rensa.mempool.max-per-sender is " + limits.maxPerSender()
                                + ". Send it again once some of this sender's transactions are mined");
            } else {
                evict(
                        victim,
                        RejectionReason.MEMPOOL_FULL,
                        "others paid more for its room: rensa.mempool.max-bytes is " + limits.maxBytes()
                                + ". Send it again later or with a higher fee; GET /fees tells what is usual");
            }
        }
        SenderQueue queue = plan.queue();
        senders.put(transaction.sender(), queue);
        PooledTransaction entry = new PooledTransaction(transaction, queue, nextSequence++, nowMillis);
        PooledTransaction replaced = queue.put(entry);
        if (replaced != null) {
            index.remove(replaced);
            tellReplaced(replaced.transaction(), transaction);
        }
        index.add(entry);
        settle(queue);
        promoted.remove(entry);
        return entry.isPending();
    }

    private static Admission admission(boolean pending, SenderQueue queue) {
        return pending ? new Admission.Pending() : new Admission.Queued(queue.pendingEnd());
    }

    private void tellReplaced(Transaction replaced, Transaction by) {
        fates.add(
                replaced.id(),
                new Fate(
                        new Rejection(
                                RejectionReason.REPLACED,
                                "transaction " + by.id() + " of the same sender took its nonce " + by.nonce()
                                        + " with a higher fee"),
                        true,
                        nowMillis,
                        Optional.of(by.id())));
        listener.replaced(replaced, by);
    }

    private void evict(PooledTransaction entry, RejectionReason reason, String detail) {
        SenderQueue queue = entry.queue();
        queue.remove(entry);
        index.remove(entry);
        settle(queue);
        promoted.remove(entry);
        tellGone(entry.transaction(), new Rejection(reason, detail));
    }

    private void tellGone(Transaction transaction, Rejection cause) {
        fates.add(transaction.id(), new Fate(cause, true, nowMillis, Optional.empty()));
        listener.evicted(transaction, cause.reason());
    }

    private void follow(SenderQueue queue, FollowedChange change) {
        for (PooledTransaction obsolete : queue.advance(chain.account(queue.sender()))) {
            index.remove(obsolete);
            Transaction transaction = obsolete.transaction();
            if (!change.connects(transaction.id()) && !planner.isMined(transaction)) {
                tellGone(
                        transaction,
                        new Rejection(
                                RejectionReason.NONCE_TOO_LOW,
                                "another transaction of the same sender with its nonce " + transaction.nonce()
                                        + " was mined: this one can never be"));
            }
        }
        settle(queue);
    }

    private void restore(Transaction transaction, FollowedChange change) {
        if (change.connects(transaction.id()) || contains(transaction.id()) || planner.isMined(transaction)) {
            return;
        }
        switch (planner.plan(transaction, queueOf(transaction.sender()))) {
            case AdmissionPlan.Refuse(Rejection rejection) -> tellGone(transaction, rejection);
            case AdmissionPlan.Take take -> listener.returned(transaction, take(transaction, take));
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

    private void beginStep(long now) {
        nowMillis = now;
    }

    private void finishStep() {
        promoted.forEach(entry -> listener.promoted(entry.transaction()));
        promoted.clear();
        view = makeView();
    }

    private MempoolView makeView() {
        boolean full = index.bytes() + Transaction.MIN_BYTES > limits.maxBytes();
        Amount minimum = full ? Amount.ofMon(planner.feeToEnter(Transaction.MIN_BYTES)) : planner.minimumFee();
        return new MempoolView(pendingCount, index.size() - pendingCount, index.bytes(), limits.maxBytes(), minimum);
    }
}
