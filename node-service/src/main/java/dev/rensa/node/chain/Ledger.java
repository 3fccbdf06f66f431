package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The canonical chain and the accounts at its head. A block is connected or disconnected by one batch, so that whoever
 * reads, also after a kill, sees the state before or the state behind it.
 *
 * <p>The writer thread changes it; any thread reads.
 */
final class Ledger {
    static final byte[] HEAD_KEY = {'h', 'e', 'a', 'd'};

    /** The block whose accounts were imported, if any were. */
    static final byte[] BASE_KEY = {'b', 'a', 's', 'e'};

    /** Lowest height whose block can still be undone. */
    static final byte[] UNDO_KEY = {'u', 'n', 'd', 'o'};

    /** Undo records dropped with one block: more than one comes, so that a lowered limit is caught up with. */
    private static final int DROPPED_A_BLOCK = 4;

    private final Genesis genesis;
    private final ChainStorage storage;
    private final HeaderTree headers;
    private final StateRoots roots;
    private final AccountStore accounts;
    private final int maxReorganisationDepth;
    private volatile ChainHead head;
    private volatile long baseHeight;

    /** Blocks at this height and above can be undone. Writer thread only. */
    private long undoFrom;

    /** Odd while storage, cached accounts and head do not fit together. Only the writer thread sets it. */
    private volatile long version;

    Ledger(
            Genesis genesis,
            ChainStorage storage,
            HeaderTree headers,
            HeaderRecord head,
            int maxReorganisationDepth,
            BackgroundWork work) {
        this.genesis = genesis;
        this.storage = storage;
        this.headers = headers;
        this.roots = new StateRoots(storage, work);
        this.accounts = new AccountStore(storage, roots);
        this.head = head.entry().asHead();
        byte[] base = storage.get(Column.META, BASE_KEY);
        this.baseHeight = base == null ? 0 : headers.require(BlockHash.of(base)).height();
        this.maxReorganisationDepth = maxReorganisationDepth;
        this.undoFrom = undoFrom(storage);
    }

    /** Lowest height whose block can still be undone, as a storage has it. */
    static long undoFrom(StorageReader reader) {
        byte[] stored = reader.get(Column.META, UNDO_KEY);
        return stored == null ? 1 : Records.decodeHeight(stored);
    }

    ChainHead head() {
        return head;
    }

    /** Height of the lowest block that can be the head again: what lies deeper is kept by no undo record. */
    long lowestReachable() {
        return Math.max(undoFrom - 1, head.height() - maxReorganisationDepth);
    }

    boolean isCanonical(HeaderRecord record) {
        return record.height() <= head.height() && record.hash().equals(canonicalHash(storage, record.height()));
    }

    @Nullable
    BlockHash canonicalHash(long height) {
        // An import writes rows above the head before it moves it.
        return height > head.height() ? null : canonicalHash(storage, height);
    }

    /** Below it there are headers only, and nothing is ever taken back: 0, or where imported accounts stood. */
    long baseHeight() {
        return baseHeight;
    }

    /** The stored accounts were replaced by those that the head has. */
    void accountsReplaced() {
        accounts.forget();
    }

    /** Makes the block whose accounts were imported the head. */
    void install(HeaderUpdate update, HeaderRecord base, BucketRoots imported) {
        long before = version;
        version = before + 1;
        headers.commit(update);
        accounts.forget();
        roots.restart(base.hash(), base.height(), imported);
        baseHeight = base.height();
        undoFrom = base.height() + 1;
        head = base.entry().asHead();
        version = before + 2;
    }

    private static @Nullable BlockHash canonicalHash(StorageReader reader, long height) {
        byte[] hash = reader.get(Column.CANONICAL, Records.height(height));
        return hash == null ? null : BlockHash.of(hash);
    }

    Account account(PublicKey key) {
        return accounts.get(key);
    }

    ChainView.AccountAtHead accountAtHead(PublicKey key) {
        long before = version;
        if ((before & 1) == 0) {
            Account account = accounts.get(key);
            ChainHead at = head;
            if (version == before) {
                return new ChainView.AccountAtHead(account, at);
            }
        }
        return storage.read(reader -> new ChainView.AccountAtHead(AccountStore.get(reader, key), readHead(reader)));
    }

    private static ChainHead readHead(StorageReader reader) {
        byte[] hash = reader.get(Column.META, HEAD_KEY);
        HeaderRecord record = hash == null ? null : HeaderTree.read(reader, BlockHash.of(hash));
        if (record == null) {
            throw new StorageException("the store is damaged: it has no head");
        }
        return record.entry().asHead();
    }

    Optional<TransactionPosition> position(TransactionId id) {
        return storage.read(reader -> {
            byte[] value = reader.get(Column.POSITIONS, id.toBytes());
            if (value == null) {
                return Optional.empty();
            }
            Records.Place place = Records.decodePlace(value);
            return Optional.ofNullable(canonicalHash(reader, place.height()))
                    .map(block -> new TransactionPosition(block, place.height(), place.index()));
        });
    }

    StateRoots stateRoots() {
        return roots;
    }

    /**
     * The state root that the block on top of the head must bear: 32 zero bytes if it is no checkpoint. Empty while it is
     * being computed.
     */
    Optional<Hash> nextStateRoot() {
        long height = head.height() + 1;
        return genesis.isCheckpoint(height)
                ? storedRoot(height - genesis.checkpointInterval())
                : Optional.of(Hash.ZERO);
    }

    /** Whether a kill has kept the root behind the last checkpoint height from being stored. */
    boolean lacksStateRoot() {
        return storedRoot(head.height() - head.height() % genesis.checkpointInterval())
                .isEmpty();
    }

    boolean isAtCheckpoint() {
        return head.height() % genesis.checkpointInterval() == 0;
    }

    /** Makes states readable again that were kept before the process was started anew. */
    void restoreStates() {
        roots.restore(head.height(), genesis.checkpointInterval(), undoFrom - 1);
    }

    /** From any thread. */
    List<CommittedState> committedStates() {
        List<CommittedState> committed = new ArrayList<>();
        for (CheckpointState state : roots.kept()) {
            BlockHash committing = canonicalHash(state.height() + genesis.checkpointInterval());
            HeaderRecord record = committing == null ? null : headers.peek(committing);
            if (record != null && state.block().equals(canonicalHash(state.height()))) {
                committed.add(new CommittedState(state, record.header()));
            }
        }
        return committed;
    }

    private Optional<Hash> storedRoot(long height) {
        BlockHash block = canonicalHash(height);
        if (block == null) {
            throw new StorageException("the store is damaged: it has no canonical block at height " + height);
        }
        return roots.find(block);
    }

    /** Applies a block on top of the head, or says which rule it breaks and changes nothing. */
    Optional<Rejection> connect(HeaderRecord record, Block block) {
        // R-H4: the state root commits to the accounts as they stood one interval earlier.
        Hash stateRoot = nextStateRoot()
                .orElseThrow(() -> new IllegalStateException("the block must wait until the state root is computed"));
        if (!stateRoot.equals(block.header().stateRoot())) {
            return BodyRules.rejected(
                    RejectionReason.WRONG_STATE_ROOT,
                    "the block bears state root " + block.header().stateRoot() + ", the accounts have " + stateRoot);
        }
        BlockExecution execution = new BlockExecution(block, genesis.subsidyAt(block.height()));
        accounts.load(execution.entries());
        Optional<Rejection> rejection = execution.run();
        if (rejection.isPresent()) {
            return rejection;
        }
        HeaderUpdate update = headers.update();
        update.replace(record.with(BlockState.CONNECTED, true));
        StorageBatch batch = update.batch();
        stagePositions(block, batch);
        batch.put(Column.UNDO, block.hash().toBytes(), Records.encodeUndo(execution.before()))
                .put(
                        Column.CANONICAL,
                        Records.height(block.height()),
                        block.hash().toBytes());
        long keptFrom = dropOldUndo(block.height(), batch);
        moveHead(update, execution.after(), record);
        undoFrom = keptFrom;
        requestStateRoot();
        return Optional.empty();
    }

    /** What no reorganisation will ask for any more goes, a few records a block, so that the store keeps a bounded number. */
    private long dropOldUndo(long newHeight, StorageBatch batch) {
        // Down to the last checkpoint a kill may send the head back, whatever the limit is.
        long needed = Math.max(maxReorganisationDepth, genesis.checkpointInterval());
        long wanted = Math.max(1, newHeight - needed + 1);
        long kept = undoFrom;
        for (int dropped = 0; kept < wanted && dropped < DROPPED_A_BLOCK; dropped++, kept++) {
            BlockHash old = canonicalHash(kept);
            if (old != null) {
                batch.delete(Column.UNDO, old.toBytes());
            }
        }
        if (kept != undoFrom) {
            batch.put(Column.META, UNDO_KEY, Records.height(kept));
        }
        return kept;
    }

    /** Takes the head's block back. */
    void disconnect(Block block) {
        BlockHash hash = head.hash();
        byte[] undo = storage.get(Column.UNDO, hash.toBytes());
        if (undo == null || !block.hash().equals(hash)) {
            throw new StorageException("the store is damaged: block " + hash + " cannot be undone");
        }
        Map<PublicKey, Account> restored = new HashMap<>();
        Records.decodeUndo(undo).forEach(prior -> restored.put(prior.key(), prior.account()));
        HeaderUpdate update = headers.update();
        StorageBatch batch = update.batch();
        block.transactions()
                .forEach(transaction ->
                        batch.delete(Column.POSITIONS, transaction.id().toBytes()));
        batch.delete(Column.UNDO, hash.toBytes()).delete(Column.CANONICAL, Records.height(block.height()));
        moveHead(update, restored, headers.require(block.header().parent()));
    }

    private void moveHead(HeaderUpdate update, Map<PublicKey, Account> changed, HeaderRecord newHead) {
        StorageBatch batch = update.batch();
        BitSet buckets = accounts.stage(changed, batch);
        batch.put(Column.META, HEAD_KEY, newHead.hash().toBytes());
        long before = version;
        version = before + 1;
        headers.commit(update);
        accounts.stored(changed, buckets);
        head = newHead.entry().asHead();
        version = before + 2;
    }

    static void stagePositions(Block block, StorageBatch batch) {
        List<Transaction> transactions = block.transactions();
        for (int i = 0; i < transactions.size(); i++) {
            batch.put(
                    Column.POSITIONS,
                    transactions.get(i).id().toBytes(),
                    Records.encode(new Records.Place(block.height(), i)));
        }
    }

    /** The checkpoint one interval above needs the root over the accounts as they stand now. */
    void requestStateRoot() {
        if (isAtCheckpoint()) {
            roots.request(head.hash(), head.height());
        }
    }
}
