package dev.rensa.node.mining;

import dev.rensa.node.chain.HeaderTemplate;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;

/**
 * What a block is made of, before its transactions are hashed: choosing them belongs to the writer thread, the hashing to
 * whoever mines.
 *
 * @param template what the chain asks of the header
 * @param transactions in the order in which they are applied
 * @param maxBlockBytes most bytes of transactions, from the genesis
 * @param miner the account that receives subsidy and fees
 */
public record BlockDraft(HeaderTemplate template, List<Transaction> transactions, int maxBlockBytes, PublicKey miner) {

    /** Hashes the transactions. From any thread. */
    public BlockTemplate complete() {
        // The block remembers its root, so that connecting it does not hash everything again.
        Block body = new Block(header(Hash.ZERO), transactions);
        Block block = body.withHeader(header(body.computedRoot()));
        return new BlockTemplate(block, block.transactionBytes() > maxBlockBytes - Transaction.MIN_BYTES);
    }

    private BlockHeader header(Hash transactionsRoot) {
        return new BlockHeader(
                template.height(),
                template.parent(),
                transactionsRoot,
                template.stateRoot(),
                template.timestampMillis(),
                template.target(),
                miner,
                0);
    }
}
