package dev.rensa.node.mempool;

import dev.rensa.node.chain.Account;
import dev.rensa.node.chain.ChainView;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.HexFormat;
import java.util.Optional;

/** Rules that need the sender's account at most, and the sentences of all refusals. Safe for any thread. */
final class AdmissionRules {

    private final ChainView chain;
    private final MempoolLimits limits;
    private final int networkId;
    private final Amount minimumFee;

    AdmissionRules(ChainView chain, MempoolLimits limits) {
        this.chain = chain;
        this.limits = limits;
        this.networkId = Genesis.networkId(chain.networkHash());
        this.minimumFee = chain.genesis().minimumFee();
    }

    Amount minimumFee() {
        return minimumFee;
    }

    /** What the transaction says of itself, against the network and the head. */
    Optional<Rejection> checkForm(Transaction transaction) {
        if (transaction.networkId() != networkId) {
            return reject(
                    RejectionReason.WRONG_NETWORK,
                    "the transaction is for network " + hex(transaction.networkId()) + ", this node is on network "
                            + hex(networkId));
        }
        if (transaction.fee().isLessThan(minimumFee)) {
            return reject(
                    RejectionReason.FEE_BELOW_MINIMUM,
                    "the fee is " + transaction.fee() + "; this network's genesis asks for at least " + minimumFee);
        }
        long nextHeight = chain.head().height() + 1;
        if (transaction.isExpiredAt(nextHeight)) {
            return reject(
                    RejectionReason.EXPIRED,
                    "the transaction was valid until height " + transaction.validUntil()
                            + "; the next block has height " + nextHeight);
        }
        return Optional.empty();
    }

    /** The transaction's place among its sender's. */
    Optional<Rejection> checkNonce(Transaction transaction, Account account) {
        long next = account.nextNonce();
        if (transaction.nonce() < next) {
            return reject(
                    RejectionReason.NONCE_TOO_LOW,
                    "nonce " + transaction.nonce() + " is spent; the account's next nonce is " + next);
        }
        if (transaction.nonce() - next > limits.maxNonceGap()) {
            return reject(
                    RejectionReason.NONCE_TOO_FAR_AHEAD,
                    "nonce " + transaction.nonce() + " is " + (transaction.nonce() - next)
                            + " beyond the account's next nonce " + next + "; rensa.mempool.max-nonce-gap is "
                            + limits.maxNonceGap() + ": send the nonces before it first");
        }
        return Optional.empty();
    }

    /**
     * Whether the sender can pay.
     *
     * @param availableMon the balance less what pending transactions before this one spend
     */
    Optional<Rejection> checkFunds(Transaction transaction, Account account, long availableMon) {
        if (transaction.cost().mon() <= availableMon) {
            return Optional.empty();
        }
        return reject(
                RejectionReason.INSUFFICIENT_FUNDS,
                "amount and fee need " + transaction.cost() + ", but " + availableMon
                        + " mon are available: a balance of "
                        + account.balance().mon() + " less "
                        + (account.balance().mon() - availableMon)
                        + " that pending transactions spend");
    }

    /** The offer must be a tenth dearer than what it replaces, and at least by 1 mon: replacing must cost something. */
    static Optional<Rejection> checkReplacement(Transaction offered, Transaction present) {
        long fee = present.fee().mon();
        long increase = Math.max(1, Math.ceilDiv(fee, 10));
        long needed = fee > Long.MAX_VALUE - increase ? Long.MAX_VALUE : fee + increase;
        if (offered.fee().mon() >= needed) {
            return Optional.empty();
        }
        return reject(
                RejectionReason.REPLACEMENT_FEE_TOO_LOW,
                "nonce " + offered.nonce() + " is taken by transaction " + present.id() + " with a fee of "
                        + present.fee() + "; replacing it needs a fee of at least " + needed + " mon");
    }

    Rejection senderLimit() {
        return new Rejection(
                RejectionReason.SENDER_LIMIT,
                "this sender has as many transactions waiting as one may: rensa.mempool.max-per-sender is "
                        + limits.maxPerSender() + ". Send it again once some of them are mined");
    }

    Rejection full(long neededFee) {
        return new Rejection(
                RejectionReason.MEMPOOL_FULL,
                "the mempool is full: rensa.mempool.max-bytes is " + limits.maxBytes()
                        + ". A transaction of this size is taken with a fee of at least " + neededFee
                        + " mon; GET /fees tells what is usual");
    }

    private static Optional<Rejection> reject(RejectionReason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }

    private static String hex(int networkId) {
        return HexFormat.of().toHexDigits(networkId);
    }
}
