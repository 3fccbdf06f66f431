package dev.rensa.node.mempool;

import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.verdict.Rejection;
import java.util.Optional;

/**
 * What became of a transaction that does not wait here and is not mined.
 *
 * @param cause why it left or was not taken
 * @param waited whether it had been taken before
 * @param timeMillis when, milliseconds since 1970-01-01 UTC
 * @param replacedBy the transaction that took its nonce
 */
public record Fate(Rejection cause, boolean waited, long timeMillis, Optional<TransactionId> replacedBy) {}
