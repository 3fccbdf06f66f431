package dev.rensa.node.maintenance;

import dev.rensa.node.chain.ChainAudit;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.store.RocksStorage;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks a whole store: its files, its header tree, and everything that its canonical blocks lead to. */
public final class StoreCheck {
    private final Genesis genesis;
    private final boolean signatures;
    private final ProgressBar progress;
    private long transactions;
    private long read;

    /**
     * Prepares a check.
     *
     * @param signatures whether the signatures are checked too, on all cores; they were when the blocks came
     */
    public StoreCheck(Genesis genesis, boolean signatures, ProgressBar progress) {
        this.genesis = genesis;
        this.signatures = signatures;
        this.progress = progress;
    }

    /**
     * Checks.
     *
     * @param scratch a directory that is created and deleted again; it takes about as much room as the store without its
     *     blocks
     * @throws MaintenanceException with the first inconsistency
     */
    public void run(RocksStorage storage, Path scratch) {
        try {
            delete(scratch);
            try (RocksStorage rebuilt = RocksStorage.open(scratch, false)) {
                check(storage, rebuilt);
            } finally {
                delete(scratch);
            }
        } catch (StorageException e) {
            throw new MaintenanceException("The store is not sound: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new MaintenanceException("The scratch directory " + scratch + " cannot be used: " + e.getMessage());
        }
    }

    private void check(RocksStorage storage, RocksStorage rebuilt) {
        if (ChainAudit.isJoining(storage)) {
            throw new MaintenanceException(
                    "This node is in the middle of joining from a snapshot: its accounts are those of"
                            + " no block yet. Start it, let it finish, stop it and verify again.");
        }
        progress.say("Reading every file against its checksums …");
        storage.checkFiles();
        ChainAudit audit = new ChainAudit(genesis, storage, rebuilt, progress);
        long headers = audit.checkHeaders();
        long begin = audit.begin()
                .orElseThrow(() -> new MaintenanceException("This node began with the accounts behind block "
                        + audit.baseHeight() + ", and no header is here yet that commits to accounts which can still be"
                        + " restored. Verify again some checkpoints later, with rensa.max-reorg-depth at least twice the"
                        + " checkpoint interval of " + genesis.checkpointInterval() + " blocks."));
        if (begin > 0) {
            progress.say("This node began with the accounts behind block " + audit.baseHeight()
                    + "; those behind block " + begin + " lead to the state root that a header commits to, and every"
                    + " block above is applied to them again.");
        }
        read = audit.baseHeight();
        BlockHash network = genesis.networkHash();
        OrderedPipeline.run(() -> next(audit), height -> load(audit, height, network), block -> {
            audit.replay(block);
            transactions += block.transactions().size();
        });
        long accounts = audit.compare();
        progress.say("The store is sound: " + headers + " headers, " + audit.headHeight() + " blocks on the canonical"
                + " chain with " + transactions + " transactions, " + accounts + " accounts; signatures "
                + (signatures ? "checked." : "not checked (--signatures checks them too)."));
    }

    /** The next height to read. A block weighs what it may weigh at most, as it is not known before it is read. */
    private OrderedPipeline.@Nullable Item<Long> next(ChainAudit audit) {
        return read == audit.headHeight() ? null : new OrderedPipeline.Item<>(++read, genesis.maxBlockBytes());
    }

    private Block load(ChainAudit audit, long height, BlockHash network) {
        Block block = audit.block(height);
        List<Transaction> all = block.transactions();
        for (int i = 0; signatures && i < all.size(); i++) {
            if (!all.get(i).isSignedFor(network)) {
                throw new StorageException(
                        "transaction " + i + " (" + all.get(i).id() + ") of block " + height + " (" + block.hash()
                                + ") is not signed by its sender");
            }
        }
        return block;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
