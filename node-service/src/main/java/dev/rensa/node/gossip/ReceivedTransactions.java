package dev.rensa.node.gossip;

import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.gossip.DeferredTransactions.Deferred;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Judges what peers send, and remembers what need not be fetched again. Writer thread only. */
final class ReceivedTransactions {

    /** Most transactions from peers whose signatures are being checked; what is sent beyond them is not looked at. */
    static final int MAX_CHECKING = 40_000;

    /** Ids of transactions that need not be fetched again: refused for good, or mined of late. */
    static final int MAX_SETTLED = 100_000;

    /** Most refused transactions whose ids are remembered: refusing costs peers little, so it must not wash out the mined. */
    static final int MAX_REFUSED = 20_000;

    private final TransactionIntake intake;
    private final InstantSource clock;
    private final WantedTransactions requests;
    private final Judge judge;
    private final DeferredTransactions deferred = new DeferredTransactions();
    private final RecentIds mined;
    private final RecentIds refused;
    private final ShortIdMap<Transaction> checking;

    /** Hears of verdicts. */
    interface Judge {

        void taken(Transaction transaction);

        void blame(NodeKey peer, Rejection rejection);

        /** Signatures were checked, and the peer may be asked for more. */
        void checked(NodeKey peer);
    }

    ReceivedTransactions(
            Mempool mempool,
            SignatureChecks checks,
            InstantSource clock,
            WantedTransactions requests,
            Judge judge,
            long secret) {
        this.intake = new TransactionIntake(mempool, checks, clock);
        this.clock = clock;
        this.requests = requests;
        this.judge = judge;
        this.mined = new RecentIds(MAX_SETTLED, secret);
        this.refused = new RecentIds(MAX_REFUSED, secret);
        this.checking = new ShortIdMap<>(secret);
    }

    TransactionIntake intake() {
        return intake;
    }

    /** Whether the transaction is being checked, waits for a block, was refused for good or was mined of late. */
    boolean isSettled(long id) {
        return mined.contains(id) || checking.contains(id) || refused.contains(id) || deferred.contains(id);
    }

    void mined(Transaction transaction) {
        mined.add(transaction.id().prefix());
    }

    void abandoned(Transaction transaction) {
        mined.remove(transaction.id().prefix());
    }

    /** What is here of unchecked transactions, until the visitor has enough. */
    boolean visit(Predicate<Transaction> wantsMore) {
        boolean[] more = {true};
        checking.forEach(transaction -> more[0] = more[0] && wantsMore.test(transaction));
        return more[0] && deferred.visit(wantsMore);
    }

    /** Takes what a peer sent and is not here; what is beyond the bounds is dropped. */
    void offer(NodeKey from, List<Transaction> unknown) {
        long until = clock.millis() + DeferredTransactions.MAX_WAIT_MILLIS;
        List<Deferred> offered = new ArrayList<>(unknown.size());
        int room = Math.min(MAX_CHECKING - checking.size(), WantedTransactions.MAX_QUOTA - requests.checkingOf(from));
        for (Transaction transaction : unknown) {
            if (offered.size() < room && checking.put(transaction.id().prefix(), transaction) == null) {
                offered.add(new Deferred(transaction, from, until));
            }
        }
        requests.checking(from, offered.size());
        judge(from, offered);
    }

    /** A block may have made acceptable what was not. */
    void tryAgain() {
        Map<NodeKey, List<Deferred>> byPeer = new LinkedHashMap<>();
        for (Deferred again : deferred.takeAll(clock.millis())) {
            long id = again.transaction().id().prefix();
            if (!isSettled(id)) {
                checking.put(id, again.transaction());
                byPeer.computeIfAbsent(again.from(), key -> new ArrayList<>()).add(again);
            }
        }
        byPeer.forEach((from, offered) -> {
            requests.checking(from, offered.size());
            judge(from, offered);
        });
    }

    private void judge(NodeKey from, List<Deferred> offered) {
        if (offered.isEmpty()) {
            return;
        }
        intake.offerAside(offered.stream().map(Deferred::transaction).toList(), admissions -> {
            requests.checking(from, -offered.size());
            for (int i = 0; i < admissions.size(); i++) {
                judged(offered.get(i), admissions.get(i));
            }
            judge.checked(from);
        });
    }

    private void judged(Deferred offered, Admission admission) {
        Transaction transaction = offered.transaction();
        checking.remove(transaction.id().prefix());
        switch (admission) {
            case Admission.Pending _, Admission.Queued _ -> judge.taken(transaction);
            case Admission.Known _ -> {}
            case Admission.Refused(Rejection rejection) -> refused(offered, rejection);
        }
    }

    private void refused(Deferred offered, Rejection rejection) {
        if (DeferredTransactions.mayChange(rejection.reason())) {
            deferred.defer(offered);
            return;
        }
        if (!isOfTheMoment(rejection)) {
            refused.add(offered.transaction().id().prefix());
        }
        if (isPeersFault(rejection)) {
            judge.blame(offered.from(), rejection);
        }
    }

    /** Rules that no honest node could miss. All others depend on a head, and peers may see another one than we do. */
    private static boolean isPeersFault(Rejection rejection) {
        return switch (rejection.reason()) {
            case INVALID_SIGNATURE, WRONG_NETWORK, FEE_BELOW_MINIMUM -> true;
            default -> false;
        };
    }

    /** Limits of ours that are met now and may not be met when another peer announces the same. */
    private static boolean isOfTheMoment(Rejection rejection) {
        return switch (rejection.reason()) {
            case MEMPOOL_FULL, SENDER_LIMIT, REPLACEMENT_FEE_TOO_LOW -> true;
            default -> false;
        };
    }
}
