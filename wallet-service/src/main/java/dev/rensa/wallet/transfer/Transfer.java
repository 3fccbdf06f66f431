package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.WalletId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it stands. Each step makes a new one with the next version.
 *
 * @param network block 0's hash of the network that it is for
 * @param account index of the sender in its wallet
 * @param kind {@link #PAYMENT} or {@link #MEND}
 * @param idempotencyKey what the client named it, if it did
 * @param requestHash SHA-256 of the request, in hexadecimal: tells a repeated request from another one
 * @param version steps so far, from 0
 * @param nonce from RESERVED on
 * @param transaction from SIGNED on: the one that is brought to the nodes, or that was mined
 * @param former earlier ones of the same nonce that it stands in for; one of them may be mined in its stead
 * @param height of the canonical block that holds it, when mined
 * @param block that block's hash
 * @param reasonCode why it ended, or why it waits
 */
public record Transfer(
        TransferId id,
        BlockHash network,
        WalletId wallet,
        int account,
        PublicKey sender,
        String kind,
        Order order,
        @Nullable String idempotencyKey,
        String requestHash,
        long createdAtMillis,
        TransferState state,
        int version,
        long updatedAtMillis,
        @Nullable Long nonce,
        @Nullable Transaction transaction,
        List<Transaction> former,
        @Nullable Long height,
        @Nullable BlockHash block,
        @Nullable String reasonCode,
        @Nullable String reason) {

    /** What a client asked for. */
    public static final String PAYMENT = "payment";

    /** One mon from the sender to itself, to fill a nonce that others wait for. */
    public static final String MEND = "mend";

    /** Reason of one that a backup held unsigned: whether it was paid since is not known. */
    public static final String RESTORED = "restored";

    /** A fresh one, as it was asked for. */
    static Transfer requested(TransferId id, TransferRequest request, String kind, long now) {
        return new Transfer(
                id,
                request.network(),
                request.from().wallet(),
                request.from().index(),
                request.from().key(),
                kind,
                request.order(),
                request.idempotencyKey(),
                request.requestHash(),
                now,
                TransferState.REQUESTED,
                0,
                now,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    /** As it stood when it was accepted. */
    public Transfer asRequested() {
        return requested(
                id,
                new TransferRequest(
                        network,
                        new Account(wallet, account, sender, createdAtMillis, null),
                        order,
                        idempotencyKey,
                        requestHash,
                        Transition.CLIENT),
                kind,
                createdAtMillis);
    }

    /** With the earlier transactions that the store keeps apart. */
    public Transfer withFormer(List<Transaction> earlier) {
        return copy(state, version, updatedAtMillis, nonce, transaction, earlier, height, block, reasonCode, reason);
    }

    /** What it takes from the sender at most, whichever of its transactions is mined. */
    public long cost() {
        long cost = order.cost().mon();
        if (transaction != null) {
            cost = Math.max(cost, transaction.cost().mon());
        }
        for (Transaction earlier : former) {
            cost = Math.max(cost, earlier.cost().mon());
        }
        return cost;
    }

    /** Highest fee that one of its transactions offers, in mon. */
    public long highestFee() {
        long fee = transaction == null ? order.fee().mon() : transaction.fee().mon();
        for (Transaction earlier : former) {
            fee = Math.max(fee, earlier.fee().mon());
        }
        return fee;
    }

    /** Whether a transaction pays what was ordered; one that only uses up the nonce does not. */
    boolean isPaidBy(Transaction candidate) {
        return candidate.recipient().equals(order.recipient())
                && candidate.amount().equals(order.amount())
                && candidate.memo().equals(order.memo());
    }

    /** Whether it is to end without having paid. */
    public boolean isBeingCancelled() {
        return transaction != null && !isPaidBy(transaction);
    }

    /** All its transactions, the present one first. */
    List<Transaction> transactions() {
        List<Transaction> all = new ArrayList<>();
        if (transaction != null) {
            all.add(transaction);
        }
        all.addAll(former);
        return all;
    }

    /** Whether it gets no nonce until it is known whether another wallet of the same keys paid it. */
    public boolean isHeld() {
        return state == TransferState.REQUESTED && RESTORED.equals(reasonCode);
    }

    /** No longer held. */
    Transfer released(long now) {
        return copy(TransferState.REQUESTED, version + 1, now, null, null, former, null, null, null, null);
    }

    Transfer reserved(long reservedNonce, long now) {
        return copy(TransferState.RESERVED, version + 1, now, reservedNonce, null, former, null, null, null, null);
    }

    /** Signed, for the first time or with another transaction in the place of the present one. */
    Transfer signed(Transaction signed, long now) {
        return copy(TransferState.SIGNED, version + 1, now, nonce, signed, superseding(signed), null, null, null, null);
    }

    Transfer submitted(long now) {
        return copy(TransferState.SUBMITTED, version + 1, now, nonce, transaction, former, null, null, null, null);
    }

    Transfer mined(Transaction mined, long atHeight, BlockHash inBlock, long now) {
        return copy(
                TransferState.MINED,
                version + 1,
                now,
                mined.nonce(),
                mined,
                superseding(mined),
                atHeight,
                inBlock,
                null,
                null);
    }

    Transfer settled(long now) {
        return copy(TransferState.FINAL, version + 1, now, nonce, transaction, former, height, block, null, null);
    }

    Transfer ended(TransferState end, String code, String detail, long now) {
        return copy(end, version + 1, now, nonce, transaction, former, null, null, code, detail);
    }

    /** Stays where it is, with the reason why. */
    Transfer waiting(String code, String detail, long now) {
        return copy(state, version + 1, now, nonce, transaction, former, height, block, code, detail);
    }

    private List<Transaction> superseding(Transaction next) {
        if (transaction == null || transaction.equals(next)) {
            return former;
        }
        List<Transaction> all = new ArrayList<>(former);
        all.add(transaction);
        all.remove(next);
        return List.copyOf(all);
    }

    private Transfer copy(
            TransferState nextState,
            int nextVersion,
            long now,
            @Nullable Long nextNonce,
            @Nullable Transaction nextTransaction,
            List<Transaction> nextFormer,
            @Nullable Long nextHeight,
            @Nullable BlockHash nextBlock,
            @Nullable String nextReasonCode,
            @Nullable String nextReason) {
        return new Transfer(
                id,
                network,
                wallet,
                account,
                sender,
                kind,
                order,
                idempotencyKey,
                requestHash,
                createdAtMillis,
                nextState,
                nextVersion,
                now,
                nextNonce,
                nextTransaction,
                nextFormer,
                nextHeight,
                nextBlock,
                nextReasonCode,
                nextReason);
    }
}
