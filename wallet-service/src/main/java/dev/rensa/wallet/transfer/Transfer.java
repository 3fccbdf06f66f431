package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.key.WalletId;
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
 * @param transaction from SIGNED on
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
        @Nullable Long height,
        @Nullable BlockHash block,
        @Nullable String reasonCode,
        @Nullable String reason) {

    /** What a client asked for. */
    public static final String PAYMENT = "payment";

    /** One mon from the sender to itself, to fill a nonce that others wait for. */
    public static final String MEND = "mend";

    Transfer reserved(long reservedNonce, long now) {
        return step(TransferState.RESERVED, now, reservedNonce, null, null, null, null, null);
    }

    Transfer signed(Transaction signed, long now) {
        return step(TransferState.SIGNED, now, nonce, signed, null, null, null, null);
    }

    Transfer submitted(long now) {
        return step(TransferState.SUBMITTED, now, nonce, transaction, null, null, null, null);
    }

    Transfer mined(long atHeight, BlockHash inBlock, long now) {
        return step(TransferState.MINED, now, nonce, transaction, atHeight, inBlock, null, null);
    }

    Transfer settled(long now) {
        return step(TransferState.FINAL, now, nonce, transaction, height, block, null, null);
    }

    Transfer ended(TransferState end, String code, String detail, long now) {
        return step(end, now, nonce, transaction, null, null, code, detail);
    }

    /** Stays where it is, with the reason why. */
    Transfer waiting(String code, String detail, long now) {
        return step(state, now, nonce, transaction, height, block, code, detail);
    }

    private Transfer step(
            TransferState next,
            long now,
            @Nullable Long nextNonce,
            @Nullable Transaction nextTransaction,
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
                next,
                version + 1,
                now,
                nextNonce,
                nextTransaction,
                nextHeight,
                nextBlock,
                nextReasonCode,
                nextReason);
    }
}
