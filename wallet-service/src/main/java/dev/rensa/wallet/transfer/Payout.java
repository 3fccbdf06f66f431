package dev.rensa.wallet.transfer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;

/**
 * Many transfers that were accepted as one, or not at all.
 *
 * @param lines how many, 1 to {@link #MAX_LINES}
 * @param total mon of all amounts and fees together
 */
public record Payout(
        TransferId id,
        BlockHash network,
        WalletId wallet,
        String idempotencyKey,
        String requestHash,
        long createdAtMillis,
        int lines,
        long total) {

    /** What one commit takes in a second or two on a modest disk. */
    public static final int MAX_LINES = 10_000;
}
