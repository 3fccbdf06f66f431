package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Signature;
import dev.rensa.protocol.crypto.TransactionId;

/**
 * A mined transaction.
 *
 * @param block the canonical block that holds it
 * @param position in that block, from 0
 * @param timestampMillis time of that block
 * @param amount in mon
 * @param fee in mon
 * @param size bytes
 */
public record IndexedTransaction(
        TransactionId id,
        BlockHash block,
        long height,
        int position,
        long timestampMillis,
        PublicKey sender,
        long nonce,
        PublicKey recipient,
        long amount,
        long fee,
        long validUntil,
        String memo,
        Signature signature,
        int size) {}
