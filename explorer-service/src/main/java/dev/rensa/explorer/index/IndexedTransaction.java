package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;

/**
 * A mined transaction.
 *
 * @param block the canonical block that holds it
 * @param position in that block, from 0
 * @param timestampMillis time of that block
 */
public record IndexedTransaction(
        Transaction transaction, BlockHash block, long height, int position, long timestampMillis) {

    /** Whether an account sent or received it. */
    public boolean concerns(PublicKey key) {
        return transaction.sender().equals(key) || transaction.recipient().equals(key);
    }
}
