package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.Account;
import java.util.List;

/**
 * A payout that a client asks for, each line checked in its form.
 *
 * @param orders 1 to {@link Payout#MAX_LINES}
 * @param requestHash SHA-256 of what the client sent, in hexadecimal
 * @param actor who asks, for the audit log
 */
public record PayoutRequest(
        BlockHash network, Account from, List<Order> orders, String idempotencyKey, String requestHash, String actor) {}
