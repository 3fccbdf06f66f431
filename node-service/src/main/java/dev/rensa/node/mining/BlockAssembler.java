package dev.rensa.node.mining;

import dev.rensa.node.chain.HeaderTemplate;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.protocol.crypto.PublicKey;

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
    public static BlockDraft draft(HeaderTemplate template, int maxBlockBytes, Mempool mempool, PublicKey miner) {
        return new BlockDraft(template, mempool.select(maxBlockBytes), maxBlockBytes, miner);
    }

    /** A draft, completed at once. */
    public static BlockTemplate assemble(HeaderTemplate template, int maxBlockBytes, Mempool mempool, PublicKey miner) {
        return draft(template, maxBlockBytes, mempool, miner).complete();
    }
}
