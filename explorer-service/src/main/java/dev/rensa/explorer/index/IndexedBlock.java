package dev.rensa.explorer.index;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.Work;

/**
 * A block of the canonical chain without its transactions.
 *
 * @param targetBits the compact target as eight hexadecimal digits
 * @param subsidy new coins, in mon
 * @param fees in mon
 * @param size bytes of the whole block
 */
public record IndexedBlock(
        long height,
        BlockHash hash,
        BlockHash parent,
        Hash transactionsRoot,
        Hash stateRoot,
        long timestampMillis,
        String targetBits,
        PublicKey miner,
        long nonce,
        Work work,
        long subsidy,
        long fees,
        int size,
        int transactionCount) {}
