package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.Account;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, checked in its form.
 *
 * @param requestHash SHA-256 of what the client sent, in hexadecimal
 * @param actor who asks, for the audit log
 * @param approval id of the approval that becomes this transfer, if one does
 */
public record TransferRequest(
        BlockHash network,
        Account from,
        Order order,
        @Nullable String idempotencyKey,
        String requestHash,
        String actor,
        @Nullable String approval) {

    /** One that waited for nobody's approval. */
    public TransferRequest(
            BlockHash network,
            Account from,
            Order order,
            @Nullable String idempotencyKey,
            String requestHash,
            String actor) {
        this(network, from, order, idempotencyKey, requestHash, actor, null);
    }
}
