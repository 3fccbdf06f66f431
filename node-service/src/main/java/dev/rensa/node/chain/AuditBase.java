package dev.rensa.node.chain;

import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the audit of a node begins that began from a snapshot: at the lowest checkpoint whose accounts can still be had by
 * undoing what came behind it. They must lead to the state root that a header commits to; then a scratch chain takes them
 * over, as a node does that joins.
 */
final class AuditBase {
    /** Headers that are taken at once. */
    private static final int HEADERS_A_STEP = 2_000;

    /** Accounts that are copied with one batch. */
    private static final int ACCOUNTS_A_BATCH = 10_000;

    /** Buckets that are taken over with one batch. */
    private static final int BUCKETS_A_BATCH = 256;

    private final Genesis genesis;
    private final StorageReader audited;
    private final ChainStorage scratch;
    private final HeaderRecord head;

    AuditBase(Genesis genesis, StorageReader audited, ChainStorage scratch, HeaderRecord head) {
        this.genesis = genesis;
        this.audited = audited;
        this.scratch = scratch;
        this.head = head;
    }

    /** Height of the block whose accounts the node began with; 0 if it began with block 0. */
    static long height(StorageReader storage) {
        HeaderRecord base = record(storage);
        return base == null ? 0 : base.height();
    }

    static @Nullable HeaderRecord record(StorageReader storage) {
        byte[] hash = storage.get(Column.META, Ledger.BASE_KEY);
        if (hash == null) {
            return null;
        }
        HeaderRecord record = HeaderTree.read(storage, BlockHash.of(hash));
        if (record == null) {
            throw new StorageException(
                    "the header of block " + BlockHash.of(hash) + ", whose accounts the node began with, is missing");
        }
        return record;
    }

    /** The checkpoint to begin at; empty as long as none that can be reached has a header that commits to it. */
    OptionalLong checkpoint() {
        long interval = genesis.checkpointInterval();
        long reachable = Math.max(height(audited), Ledger.undoFrom(audited) - 1);
        long checkpoint = Math.ceilDiv(reachable, interval) * interval;
        return checkpoint <= head.height() && committing(checkpoint) != null
                ? OptionalLong.of(checkpoint)
                : OptionalLong.empty();
    }

    /** Puts the scratch chain's head at the checkpoint. */
    void install(Chain replayed, long checkpoint) {
        takeHeaders(replayed);
        restoreAccounts(checkpoint);
        BitSet all = new BitSet(BucketRoots.BUCKETS);
        all.set(0, BucketRoots.BUCKETS);
        BucketRoots roots = BucketRoots.EMPTY.with(StoredAccounts.roots(scratch, all));
        HeaderRecord committing = committing(checkpoint);
        if (committing == null || !roots.stateRoot().equals(rootOf(committing))) {
            throw new StorageException(
                    "the accounts behind block " + checkpoint + ", to which the stored ones are undone,"
                            + " do not lead to the state root that a header commits to");
        }
        StateImport imports = replayed.stateImport();
        imports.begin(canonical(checkpoint).hash(), roots);
        for (int first = 0; first < BucketRoots.BUCKETS; first += BUCKETS_A_BATCH) {
            List<StateBucket> buckets = new ArrayList<>();
            for (int bucket = first; bucket < first + BUCKETS_A_BATCH; bucket++) {
                buckets.add(StoredAccounts.bucket(scratch, bucket));
            }
            imports.store(first, buckets);
        }
        while (!imports.prepare()) {
            // Some thousand heights a step.
        }
        if (!replayed.install()) {
            throw new StorageException("block " + checkpoint + " does not lie on the branch of the head");
        }
    }

    private static Hash rootOf(HeaderRecord record) {
        return record.header().stateRoot();
    }

    /** The header one interval above, on the canonical chain or, above its head, on the best branch on top of it. */
    private @Nullable HeaderRecord committing(long checkpoint) {
        long height = checkpoint + genesis.checkpointInterval();
        if (height <= head.height()) {
            return canonical(height);
        }
        byte[] onHead = audited.get(Column.BEST_HEADERS, Records.height(head.height()));
        byte[] hash = audited.get(Column.BEST_HEADERS, Records.height(height));
        return hash == null || onHead == null || !head.hash().equals(BlockHash.of(onHead))
                ? null
                : HeaderTree.read(audited, BlockHash.of(hash));
    }

    private HeaderRecord canonical(long height) {
        byte[] hash = audited.get(Column.CANONICAL, Records.height(height));
        HeaderRecord record = hash == null ? null : HeaderTree.read(audited, BlockHash.of(hash));
        if (record == null) {
            throw new StorageException("the canonical chain has no block at height " + height);
        }
        return record;
    }

    private void takeHeaders(Chain replayed) {
        for (long first = 1; first <= head.height(); first += HEADERS_A_STEP) {
            List<BlockHeader> headers = new ArrayList<>();
            for (long height = first; height < first + HEADERS_A_STEP && height <= head.height(); height++) {
                headers.add(canonical(height).header());
            }
            if (!(replayed.acceptHeaders(headers, HeaderAudit.END_OF_TIME_MILLIS) instanceof HeaderOutcome.Accepted)) {
                throw new StorageException(
                        "the headers of the canonical chain from height " + first + " on are refused");
            }
        }
    }

    /** Copies the accounts at the head, then undoes block by block. */
    private void restoreAccounts(long checkpoint) {
        StorageBatch[] batch = {new StorageBatch()};
        scratch.scan(Column.ACCOUNTS, new byte[0], null, (key, value) -> batch[0].delete(Column.ACCOUNTS, key));
        scratch.commit(batch[0]);
        batch[0] = new StorageBatch();
        audited.scan(Column.ACCOUNTS, new byte[0], null, (key, value) -> {
            batch[0].put(Column.ACCOUNTS, key, value);
            if (batch[0].changes().size() == ACCOUNTS_A_BATCH) {
                scratch.commit(batch[0]);
                batch[0] = new StorageBatch();
            }
        });
        scratch.commit(batch[0]);
        for (long height = head.height(); height > checkpoint; height--) {
            scratch.commit(undo(height));
        }
    }

    private StorageBatch undo(long height) {
        byte[] undo = audited.get(Column.UNDO, canonical(height).hash().toBytes());
        if (undo == null) {
            throw new StorageException("block " + height + " cannot be undone: what it changed is missing");
        }
        StorageBatch batch = new StorageBatch();
        for (Records.Prior prior : Records.decodeUndo(undo)) {
            byte[] key = prior.key().toBytes();
            if (prior.account().isEmpty()) {
                batch.delete(Column.ACCOUNTS, key);
            } else {
                batch.put(Column.ACCOUNTS, key, Records.encode(prior.account()));
            }
        }
        return batch;
    }
}
