package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
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

    /** Lowest height whose block can still be undone. */
    private static final byte[] UNDO_KEY = {'u', 'n', 'd', 'o'};

    /** Undo records dropped with one block: more than one comes, so that a lowered limit is caught up with. */
    private static final int DROPPED_A_BLOCK = 4;

    private final Genesis genesis;
    private final ChainStorage storage;
    private final HeaderTree headers;
    private final StateRoots roots;
    private final AccountStore accounts;
    private final int maxReorganisationDepth;
    private volatile ChainHead head;

    /** Blocks at this height and above can be undone. Writer thread only. */
    private long undoFrom;

    /** Odd while storage, cached accounts and head do not fit together. Only the writer thread sets it. */
    private volatile long version;

    Ledger(Genesis genesis, ChainStorage storage, HeaderTree headers, HeaderRecord head, int maxReorganisationDepth) {
        this.genesis = genesis;
        this.storage = storage;
        this.headers = headers;
        this.roots = new StateRoots(storage);
        this.accounts = new AccountStore(storage, roots);
        this.head = head.entry().asHead();
        this.maxReorganisationDepth = maxReorganisationDepth;
        this.undoFrom = undoFrom(storage);
        computeStateRoot();
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
        return canonicalHash(storage, height);
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

    /** The state root that the block on top of the head must bear: 32 zero bytes if it is no checkpoint. */
    Hash nextStateRoot() {
        long height = head.height() + 1;
        if (!genesis.isCheckpoint(height)) {
            return Hash.ZERO;
        }
        long committed = height - genesis.checkpointInterval();
        return Optional.ofNullable(canonicalHash(committed))
                .flatMap(roots::find)
                .orElseThrow(() -> new StorageException(
                        "the store is damaged: the state root behind height " + committed + " is missing"));
    }

    /** Applies a block on top of the head, or says which rule it breaks and changes nothing. */
    Optional<Rejection> connect(HeaderRecord record, Block block) {
        // R-H4: the state root commits to the accounts as they stood one interval earlier.
        Hash stateRoot = nextStateRoot();
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
        computeStateRoot();
        return Optional.empty();
    }

    /** What no reorganisation will ask for any more goes, a few records a block, so that the store keeps a bounded number. */
    private long dropOldUndo(long newHeight, StorageBatch batch) {
        long wanted = Math.max(1, newHeight - maxReorganisationDepth + 1);
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

    private static void stagePositions(Block block, StorageBatch batch) {
        List<Transaction> transactions = block.transactions();
        for (int i = 0; i < transactions.size(); i++) {
            batch.put(
                    Column.POSITIONS,
                    transactions.get(i).id().toBytes(),
                    Records.encode(new Records.Place(block.height(), i)));
        }
    }

    /**
     * Sees to it that the root behind a checkpoint height is stored before the accounts move on: the checkpoint one
     * interval above needs it. A kill before it leaves the head here, and opening the store computes it then.
     */
    private void computeStateRoot() {
        if (head.height() % genesis.checkpointInterval() == 0
                && roots.find(head.hash()).isEmpty()) {
            roots.compute(head.hash());
        }
    }
}
