package dev.rensa.bench.store;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.HeaderTemplate;
import dev.rensa.node.mining.BlockDraft;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.mining.NonceSearch;
import dev.rensa.node.store.RocksStorage;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.util.List;

/**
 * A node's ledger, opened in this process to be filled block by block as its writer would. Signatures are not looked at:
 * that is not the ledger's work. The easiest target makes a block cost two hashes.
 */
public final class StoredChain implements AutoCloseable {

    private static final int MAX_REORGANISATION = 10_000;
    private static final int NONCES = 1_000_000;

    private final RocksStorage storage;
    private final Chain chain;
    private final PublicKey miner;

    /**
     * Opens or creates the ledger of a node.
     *
     * @param dataDirectory the node's {@code rensa.data-dir}
     */
    public StoredChain(Path dataDirectory, Genesis genesis, PublicKey miner) {
        // Not synced: a store that a crash of this machine spoils is made anew.
        this.storage = RocksStorage.open(dataDirectory.resolve("chain"), false);
        this.chain = Chain.open(genesis, storage, MAX_REORGANISATION);
        this.miner = miner;
    }

    public Chain chain() {
        return chain;
    }

    /** Mines a block of these transactions, one spacing after its parent, so that the chain ends in the past. */
    public Block next(List<Transaction> transactions) {
        Genesis genesis = chain.genesis();
        long time = genesis.timestampMillis() + (chain.head().height() + 1) * genesis.spacingMillis();
        HeaderTemplate header = chain.template(time);
        BlockTemplate template = new BlockDraft(header, transactions, genesis.maxBlockBytes(), miner).complete();
        long nonce = NonceSearch.search(template.header(), 0, NONCES)
                .orElseThrow(() -> new IllegalStateException("the target of this network is too hard"));
        return template.withNonce(nonce);
    }

    /** Connects a block. */
    public void connect(Block block) {
        BlockOutcome outcome = chain.acceptBlock(block, block.header().timestampMillis());
        if (!(outcome instanceof BlockOutcome.Connected)) {
            throw new IllegalStateException("a block that was just made is not connected: " + outcome);
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
