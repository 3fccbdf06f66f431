package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.Account;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, checked in its form.
 *
 * @param requestHash SHA-256 of what the client sent, in hexadecimal
 * @param actor who asks, for the audit log
 */
public record TransferRequest(
        BlockHash network,
        Account from,
        Order order,
        @Nullable String idempotencyKey,
        String requestHash,
        String actor) {}
