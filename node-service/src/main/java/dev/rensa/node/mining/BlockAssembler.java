package dev.rensa.node.mining;

import dev.rensa.node.chain.HeaderTemplate;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.util.List;

/** Puts the next block together. */
public final class BlockAssembler {

    private BlockAssembler() {}

    /**
     * Fills a block with what pays best. To be called on the writer thread, so that head and mempool are of one moment.
     *
     * @param template what the chain asks of the header
     * @param maxBlockBytes most bytes of transactions, from the genesis
     * @param miner the account that receives subsidy and fees
     */
    public static BlockTemplate assemble(HeaderTemplate template, int maxBlockBytes, Mempool mempool, PublicKey miner) {
        List<Transaction> transactions = mempool.select(maxBlockBytes);
        BlockHeader header = new BlockHeader(
                template.height(),
                template.parent(),
                Block.transactionsRoot(transactions),
                template.stateRoot(),
                template.timestampMillis(),
                template.target(),
                miner,
                0);
        return new BlockTemplate(header, transactions);
    }
}
