package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.state.BucketRoots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a storage holds what a chain may leave behind: the header tree is walked, every canonical block is applied
 * anew on a scratch storage from block 0 on, and what that leads to is held against what is stored. Where a node began from
 * a snapshot, blocks are applied from the lowest checkpoint on whose accounts can be had and held against a state root; of
 * those between the node's base and that checkpoint the bodies are looked at alone. It writes nothing to the audited storage.
 *
 * <p>Call {@link #checkHeaders} and {@link #begin}, then {@link #replay} with every {@link #block} above
 * {@link #baseHeight} to {@link #headHeight} in
 * order, then {@link #compare}. Each of them throws a {@link StorageException} whose message is the first inconsistency.
 * For one thread, but for {@link #block}.
 */
public final class ChainAudit {
    /** Keys that are looked up at once while two tables are compared. */
    private static final int COMPARED_AT_ONCE = 1_000;

    private final Genesis genesis;
    private final BlockHash network;
    private final ChainStorage audited;
    private final ChainStorage scratch;
    private final Chain replayed;
    private final AuditProgress progress;
    private final HeaderRecord head;
    private final HeaderRecord best;
    private final long baseHeight;

    /** Blocks above it are applied. */
    private long appliedAbove;

    /**
     * Looks at the single values first.
     *
     * @param scratch an empty storage, for about as much as is stored without the bodies
     * @throws StorageException if the storage is another network's, or has no head
     */
    public ChainAudit(Genesis genesis, ChainStorage audited, ChainStorage scratch, AuditProgress progress) {
        this.genesis = genesis;
        this.network = genesis.networkHash();
        this.audited = audited;
        this.progress = progress;
        GenesisState.requireNetwork(network, audited);
        this.head = storedTip(Ledger.HEAD_KEY, "head");
        this.best = storedTip(BestBranch.TIP_KEY, "best header");
        this.scratch = new AuditScratch(scratch, audited);
        this.replayed = Chain.open(genesis, this.scratch, Integer.MAX_VALUE);
        this.baseHeight = AuditBase.height(audited);
    }

    /** Whether a storage is in the middle of joining from a snapshot: its accounts are those of no block. */
    public static boolean isJoining(StorageReader storage) {
        return storage.get(Column.META, StateImport.TARGET_KEY) != null;
    }

    private HeaderRecord storedTip(byte[] key, String name) {
        byte[] hash = audited.get(Column.META, key);
        if (hash == null) {
            throw new StorageException("the store names no " + name);
        }
        return header(BlockHash.of(hash), name);
    }

    private HeaderRecord header(BlockHash hash, String name) {
        HeaderRecord record = HeaderTree.read(audited, hash);
        if (record == null) {
            throw new StorageException("the header of block " + hash + ", the " + name + ", is missing");
        }
        return record;
    }

    public long headHeight() {
        return head.height();
    }

    /** Height of the block whose accounts the node began with, and below which it has no bodies; 0 for block 0. */
    public long baseHeight() {
        return baseHeight;
    }

    /**
     * Puts the scratch chain where blocks can be applied from.
     *
     * @return the height of that block; empty if no state root is known yet that the accounts could be held against
     */
    public OptionalLong begin() {
        if (baseHeight == 0) {
            return OptionalLong.of(0);
        }
        AuditBase base = new AuditBase(genesis, audited, scratch, head);
        OptionalLong checkpoint = base.checkpoint();
        if (checkpoint.isPresent()) {
            appliedAbove = checkpoint.getAsLong();
            base.install(replayed, appliedAbove);
        }
        return checkpoint;
    }

    /** Checks every header, on whatever branch, and the branch of the best one. Returns how many there are. */
    public long checkHeaders() {
        long headers = new HeaderAudit(genesis, audited, network, head.height(), best.height() + 1, progress).run();
        BlockHash parent = null;
        for (long height = 0; height <= best.height(); height++) {
            parent = linked(Column.BEST_HEADERS, "branch of the best header", height, parent)
                    .hash();
        }
        if (!best.hash().equals(parent)) {
            throw new StorageException("the branch of the best header ends in " + parent + ", not in " + best.hash());
        }
        return headers;
    }

    private HeaderRecord linked(Column index, String name, long height, @Nullable BlockHash parent) {
        byte[] hash = audited.get(index, Records.height(height));
        if (hash == null) {
            throw new StorageException("the " + name + " has no block at height " + height);
        }
        HeaderRecord record = header(BlockHash.of(hash), name + " at height " + height);
        if (record.height() != height || (parent != null && !record.parent().equals(parent))) {
            throw new StorageException("the " + name + " has block " + record.hash() + " at height " + height
                    + ", which does not belong on top of the one before");
        }
        return record;
    }

    /** Reads a canonical block, from any thread. */
    public Block block(long height) {
        HeaderRecord record = linked(Column.CANONICAL, "canonical chain", height, null);
        if (record.state() != BlockState.CONNECTED || !record.complete()) {
            throw new StorageException("block " + height + " (" + record.hash()
                    + ") is canonical and not marked as connected with everything below it");
        }
        byte[] body = audited.get(Column.BODIES, record.hash().toBytes());
        if (body == null) {
            throw new StorageException("the body of block " + height + " (" + record.hash() + ") is missing");
        }
        return new Block(record.header(), Records.decodeBody(body));
    }

    /** Applies the next canonical block and compares what is stored of it. */
    public void replay(Block block) {
        if (block.height() <= appliedAbove) {
            look(block);
            return;
        }
        BlockOutcome outcome = replayed.acceptBlock(block, HeaderAudit.END_OF_TIME_MILLIS);
        String name = "block " + block.height() + " (" + block.hash() + ")";
        if (outcome instanceof BlockOutcome.Rejected(var rejection, var changes)) {
            throw new StorageException(name + " is canonical and breaks a rule: " + rejection);
        }
        if (!replayed.head().hash().equals(block.hash())) {
            throw new StorageException(name + " is canonical and does not build on the one before it");
        }
        byte[] key = block.hash().toBytes();
        if (!Arrays.equals(audited.get(Column.HEADERS, key), scratch.get(Column.HEADERS, key))) {
            throw new StorageException(name + " is stored with another state or work than its branch leads to");
        }
        if (block.height() >= Ledger.undoFrom(audited)) {
            checkUndo(key, name);
        }
        progress.at("blocks", block.height(), head.height());
    }

    /** What can be said of a block without the accounts before it. */
    private void look(Block block) {
        if (!(replayed.prepare(block) instanceof PreparedBlock.Sound)) {
            throw new StorageException("the body of block " + block.height() + " (" + block.hash()
                    + ") is another one's or breaks a rule");
        }
        StorageBatch batch = new StorageBatch();
        Ledger.stagePositions(block, batch);
        scratch.commit(batch);
        progress.at("blocks", block.height(), head.height());
    }

    private void checkUndo(byte[] key, String name) {
        byte[] undo = audited.get(Column.UNDO, key);
        if (undo == null) {
            throw new StorageException(name + " cannot be undone: what it changed is missing");
        }
        if (!entries(undo).equals(entries(scratch.get(Column.UNDO, key)))) {
            throw new StorageException(name + " would be undone to other accounts than stood before it");
        }
    }

    private static Set<Records.Prior> entries(byte @Nullable [] undo) {
        return undo == null ? Set.of() : new HashSet<>(Records.decodeUndo(undo));
    }

    /** Holds the tables against those that the blocks led to. Returns how many accounts there are. */
    public long compare() {
        if (!replayed.head().hash().equals(head.hash())) {
            throw new StorageException("the canonical chain ends in "
                    + replayed.head().hash() + ", and the head is said to be " + head.hash());
        }
        requireCanonical();
        requireSame(Column.POSITIONS, "the index of transactions");
        long accounts = requireSame(Column.ACCOUNTS, "the table of accounts");
        requireStateRoots();
        requireBucketRoots();
        return accounts;
    }

    /** Rows above the head mean nothing: an import that was prepared and given up left them. */
    private void requireCanonical() {
        String table = "the canonical index";
        byte[] end = Records.height(head.height() + 1);
        requireAll(scratch, audited, Column.CANONICAL, end, table, "is missing or different");
        requireAll(audited, scratch, Column.CANONICAL, end, table, "is too many");
    }

    /** The roots of all buckets but those that changed since they were computed, which are computed anew anyway. */
    private void requireBucketRoots() {
        BucketTable.Stored stored = BucketTable.load(audited);
        BitSet settled = new BitSet(BucketRoots.BUCKETS);
        settled.set(0, BucketRoots.BUCKETS);
        settled.andNot(stored.touched());
        StoredAccounts.roots(audited, settled).forEach((bucket, root) -> {
            if (!stored.roots().bucket(bucket).equals(root)) {
                throw new StorageException("the table of bucket roots is not what the accounts lead to: that of bucket "
                        + bucket + " is different");
            }
        });
    }

    /** The root behind the last checkpoint may be missing: it is computed in the background, or when the node starts. */
    private void requireStateRoots() {
        byte[] last = audited.get(
                Column.CANONICAL, Records.height(head.height() - head.height() % genesis.checkpointInterval()));
        scratch.scan(Column.STATE_ROOTS, new byte[0], null, (block, root) -> {
            byte[] stored = audited.get(Column.STATE_ROOTS, block);
            boolean stillToCome = stored == null && Arrays.equals(block, last);
            if (!stillToCome && !Arrays.equals(stored, root)) {
                throw new StorageException("the table of state roots is not what the blocks lead to: that behind block "
                        + BlockHash.of(block) + " is missing or different");
            }
        });
    }

    private long requireSame(Column column, String table) {
        requireAll(scratch, audited, column, null, table, "is missing or different");
        return requireAll(audited, scratch, column, null, table, "is too many");
    }

    /** Requires that every entry of one table, up to a key, stands in the other; returns how many there are. */
    private long requireAll(
            StorageReader from,
            StorageReader in,
            Column column,
            byte @Nullable [] end,
            String table,
            String otherwise) {
        TableComparison comparison = new TableComparison(in, column, table, otherwise);
        from.scan(column, new byte[0], end, comparison);
        comparison.finish();
        return comparison.entries;
    }

    private final class TableComparison implements StorageReader.Visitor {
        private final StorageReader other;
        private final Column column;
        private final String table;
        private final String otherwise;
        private final List<byte[]> keys = new ArrayList<>(COMPARED_AT_ONCE);
        private final List<byte[]> values = new ArrayList<>(COMPARED_AT_ONCE);
        private long entries;

        TableComparison(StorageReader other, Column column, String table, String otherwise) {
            this.other = other;
            this.column = column;
            this.table = table;
            this.otherwise = otherwise;
        }

        @Override
        public void visit(byte[] key, byte[] value) {
            keys.add(key);
            values.add(value);
            entries++;
            if (keys.size() == COMPARED_AT_ONCE) {
                finish();
            }
        }

        void finish() {
            List<byte @Nullable []> there = other.getAll(column, keys);
            for (int i = 0; i < keys.size(); i++) {
                if (!Arrays.equals(values.get(i), there.get(i))) {
                    throw new StorageException(table + " is not what the blocks lead to: the entry "
                            + HexFormat.of().formatHex(keys.get(i)) + " " + otherwise);
                }
            }
            keys.clear();
            values.clear();
            progress.at("entries of " + column.label(), Math.max(1, entries), 0);
        }
    }
}
