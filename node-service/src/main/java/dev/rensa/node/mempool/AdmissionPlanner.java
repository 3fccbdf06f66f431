package dev.rensa.node.mempool;

import dev.rensa.node.chain.Account;
import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges offers against rules, senders and limits, and changes nothing. */
final class AdmissionPlanner {

    private final ChainView chain;
    private final MempoolLimits limits;
    private final PoolIndex index;
    private final AdmissionRules rules;

    AdmissionPlanner(ChainView chain, MempoolLimits limits, PoolIndex index) {
        this.chain = chain;
        this.limits = limits;
        this.index = index;
        this.rules = new AdmissionRules(chain, limits);
    }

    /** What needs no look at those that wait, but for whether it is one of them. From any thread. */
    Optional<Rejection> precheck(Transaction transaction, @Nullable SenderQueue queue) {
        if (index.find(transaction.id()) != null) {
            return Optional.of(alreadyKnown(transaction));
        }
        Account account = queue == null
                ? chain.account(transaction.sender())
                : queue.view().account();
        return rules.checkForm(transaction)
                .or(() -> checkNonce(transaction, account))
                .or(() ->
                        rules.checkFunds(transaction, account, account.balance().mon()));
    }

    /** Judges an offer whose signature holds and that does not wait here. Writer thread only. */
    AdmissionPlan plan(Transaction transaction, SenderQueue queue) {
        PooledTransaction replaced = queue.get(transaction.nonce());
        Optional<Rejection> refusal = rules.checkForm(transaction)
                .or(() -> checkNonce(transaction, queue.account()))
                .or(() -> replaced == null
                        ? Optional.empty()
                        : AdmissionRules.checkReplacement(transaction, replaced.transaction()))
                .or(() -> rules.checkFunds(transaction, queue.account(), queue.availableAt(transaction.nonce())));
        return refusal.<AdmissionPlan>map(AdmissionPlan.Refuse::new)
                .orElseGet(() -> planRoom(transaction, queue, replaced));
    }

    /** Least fee with which a transaction of this size is taken while there is no room. */
    long feeToEnter(int size) {
        return index.size() == 0
                ? rules.minimumFee().mon()
                : Math.max(
                        rules.minimumFee().mon(),
                        FeeRate.feeAbove(index.lowest().feeRate(), size));
    }

    Amount minimumFee() {
        return rules.minimumFee();
    }

    boolean isMined(Transaction transaction) {
        return chain.position(transaction.id()).isPresent();
    }

    private Optional<Rejection> checkNonce(Transaction transaction, Account account) {
        return rules.checkNonce(transaction, account)
                .map(rejection -> rejection.reason() == RejectionReason.NONCE_TOO_LOW && isMined(transaction)
                        ? alreadyKnown(transaction)
                        : rejection);
    }

    /** Makes room a sender and in bytes with what is worth less, always a sender's last nonce first. */
    private AdmissionPlan planRoom(Transaction transaction, SenderQueue queue, @Nullable PooledTransaction replaced) {
        long freed = replaced == null ? 0 : replaced.transaction().size();
        RoomPlan room =
                new RoomPlan(transaction, replaced, index.bytes() - freed + transaction.size() - limits.maxBytes());
        boolean senderFull = replaced == null && queue.size() >= limits.maxPerSender();
        PooledTransaction tooFar = senderFull ? queue.last() : null;
        if (tooFar != null) {
            if (tooFar.nonce() < transaction.nonce()) {
                return new AdmissionPlan.Refuse(rules.senderLimit());
            }
            room.add(tooFar);
        }
        Optional<List<PooledTransaction>> victims =
                room.complete(index.byFee().descendingMap().values());
        return victims.isEmpty()
                ? new AdmissionPlan.Refuse(rules.full(feeToEnter(transaction.size())))
                : new AdmissionPlan.Take(queue, replaced, victims.get(), tooFar);
    }

    private static Rejection alreadyKnown(Transaction transaction) {
        return new Rejection(
                RejectionReason.ALREADY_KNOWN, "transaction " + transaction.id() + " waits here or is mined already");
    }
}
