package dev.rensa.node.chain;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Taking over the accounts behind a block instead of applying all blocks up to it. Buckets come in any order, each batch of
 * them atomic with the note of which are here, so that a kill loses nothing; when all are here, one batch makes the block
 * the head. While an import is under way the stored accounts are those of no block, and the head does not move.
 *
 * <p>What is stored must have been proved by the caller. Writer thread only, but for {@link #isUnderWay}.
 */
public final class StateImport {
    static final byte[] TARGET_KEY = "import".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ROOTS_KEY = "import-roots".getBytes(StandardCharsets.US_ASCII);

    /** Rows of the canonical chain that one step of {@link #prepare} writes. */
    private static final int HEIGHTS_A_STEP = 5_000;

    /** Behind the key of any account. */
    private static final byte[] BEHIND_ALL = new byte[PublicKey.LENGTH + 1];

    static {
        Arrays.fill(BEHIND_ALL, (byte) 0xff);
    }

    private final ChainStorage storage;
    private final HeaderTree headers;
    private final BestBranch bestBranch;
    private final WriteGuard guard;
    private final BitSet done = new BitSet(BucketRoots.BUCKETS);
    private BucketRoots roots = BucketRoots.EMPTY;
    private volatile @Nullable BlockHash target;
    private long preparedHeight;

    /** Which turn of the best branch the prepared rows are of. */
    private long preparedTurn;

    /** Allocations of block 0 that are back. */
    private int putBack;

    StateImport(ChainStorage storage, HeaderTree headers, BestBranch bestBranch, WriteGuard guard) {
        this.storage = storage;
        this.headers = headers;
        this.bestBranch = bestBranch;
        this.guard = guard;
        byte[] stored = storage.get(Column.META, TARGET_KEY);
        byte[] pages = storage.get(Column.META, ROOTS_KEY);
        if (stored != null && pages != null) {
            Progress progress = Records.decode(stored, Progress::read);
            target = progress.block();
            done.or(progress.done());
            roots = Records.decode(
                    pages,
                    reader -> BucketRoots.decode(
                            reader.readList(BucketRoots.PAGES, Short.BYTES, page -> page.readSized16(pages.length))));
        }
    }

    /** What is stored of an import: whose accounts, and a bit for each bucket that is here. */
    private record Progress(BlockHash block, BitSet done) {

        static Progress read(ByteReader reader) {
            BlockHash block = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
            return new Progress(block, BitSet.valueOf(reader.readBytes(reader.remaining())));
        }
    }

    /** Whether the stored accounts are those of no block. From any thread. */
    public boolean isUnderWay() {
        return target != null;
    }

    /** The block whose accounts are being taken over. */
    public Optional<BlockHash> target() {
        return Optional.ofNullable(target);
    }

    /** The roots that buckets must have. */
    public BucketRoots roots() {
        return roots;
    }

    /** Buckets that are here; a copy. */
    public BitSet done() {
        return (BitSet) done.clone();
    }

    public boolean isComplete() {
        return done.cardinality() == BucketRoots.BUCKETS;
    }

    /** Begins, or goes over to another block: buckets that both have in common stay. */
    public void begin(BlockHash block, BucketRoots newRoots) {
        guard.writing(() -> {
            for (int bucket = done.nextSetBit(0); bucket >= 0; bucket = done.nextSetBit(bucket + 1)) {
                if (!newRoots.bucket(bucket).equals(roots.bucket(bucket))) {
                    done.clear(bucket);
                }
            }
            StorageBatch batch = new StorageBatch();
            stageProgress(block, done, batch);
            byte[] pages = new ByteWriter(1 << 16)
                    .writeList(newRoots.pages(), ByteWriter::writeSized16)
                    .toBytes();
            storage.commit(batch.put(Column.META, ROOTS_KEY, pages));
            roots = newRoots;
            target = block;
            preparedHeight = 0;
            putBack = 0;
            return block;
        });
    }

    /** Stores neighbouring buckets in place of what is there. */
    public void store(int first, List<StateBucket> buckets) {
        guard.writing(() -> {
            StorageBatch batch = new StorageBatch();
            BitSet after = done();
            int end = first + buckets.size();
            List<AccountState> accounts = buckets.stream()
                    .flatMap(bucket -> bucket.accounts().stream())
                    .toList();
            stageAccounts(accounts, Records.bucket(first), StoredAccounts.endOf(end), batch);
            after.set(first, end);
            stageProgress(requireTarget(), after, batch);
            storage.commit(batch);
            done.or(after);
            return after;
        });
    }

    /**
     * Stores a part of a bucket. The bucket is here with its last part; after a kill before that it begins anew.
     *
     * @param after the last key of the part before, null for the first part
     */
    public void storePart(int bucket, @Nullable PublicKey after, StateBucket part, boolean last) {
        guard.writing(() -> {
            StorageBatch batch = new StorageBatch();
            PublicKey end = part.accounts().getLast().key();
            stageAccounts(
                    part.accounts(),
                    after == null ? Records.bucket(bucket) : Records.behind(after),
                    last ? StoredAccounts.endOf(bucket + 1) : Records.behind(end),
                    batch);
            BitSet here = done();
            here.set(bucket, last);
            stageProgress(requireTarget(), here, batch);
            storage.commit(batch);
            done.set(bucket, last);
            return here;
        });
    }

    /** Replaces the accounts of a range of keys by those given, which lie in it; it costs no more if many others are there. */
    private void stageAccounts(List<AccountState> accounts, byte[] from, byte @Nullable [] until, StorageBatch batch) {
        Set<PublicKey> kept = new HashSet<>();
        accounts.forEach(account -> kept.add(account.key()));
        if (holdsOthers(kept, from, until)) {
            batch.deleteRange(Column.ACCOUNTS, from, until == null ? BEHIND_ALL : until);
        }
        accounts.forEach(account -> stageAccount(account, batch));
    }

    private boolean holdsOthers(Set<PublicKey> kept, byte[] from, byte @Nullable [] until) {
        boolean[] found = {false};
        storage.scanWhile(Column.ACCOUNTS, from, until, (key, value) -> {
            found[0] = !kept.contains(PublicKey.of(key));
            return !found[0];
        });
        return found[0];
    }

    private static void stageAccount(AccountState account, StorageBatch batch) {
        batch.put(
                Column.ACCOUNTS,
                account.key().toBytes(),
                Records.encode(new Account(account.balance(), account.nextNonce())));
    }

    /**
     * Puts the accounts of block 0 back, some thousand at each call. Their roots were never touched.
     *
     * @return whether all are back, and the import is forgotten
     */
    boolean undo(List<Allocation> allocations) {
        StorageBatch batch = new StorageBatch();
        if (putBack == 0) {
            batch.deleteRange(Column.ACCOUNTS, Records.bucket(0), BEHIND_ALL);
        }
        int end = Math.min(putBack + GenesisState.ALLOCATIONS_A_BATCH, allocations.size());
        for (Allocation allocation : allocations.subList(putBack, end)) {
            stageAccount(new AccountState(allocation.account(), allocation.amount(), 0), batch);
        }
        boolean all = end == allocations.size();
        if (all) {
            batch.delete(Column.META, TARGET_KEY).delete(Column.META, ROOTS_KEY);
        } else {
            // After a kill it is an import of which nothing is here.
            stageProgress(requireTarget(), new BitSet(), batch);
        }
        storage.commit(batch);
        done.clear();
        putBack = all ? 0 : end;
        return all;
    }

    private static void stageProgress(BlockHash block, BitSet done, StorageBatch batch) {
        byte[] bits = done.toByteArray();
        batch.put(
                Column.META,
                TARGET_KEY,
                new ByteWriter(BlockHash.LENGTH + bits.length)
                        .writeFixed(block)
                        .writeBytes(bits)
                        .toBytes());
    }

    /**
     * Writes down which blocks lie below the new head, which must be on the best branch, some thousand at each call; nobody
     * sees them before the head moves. If the best branch was left meanwhile, it begins anew.
     *
     * @return whether all are written
     */
    public boolean prepare() {
        return guard.writing(() -> {
            HeaderRecord base = headers.require(requireTarget());
            if (preparedTurn != bestBranch.turns()) {
                preparedTurn = bestBranch.turns();
                preparedHeight = 0;
            }
            StorageBatch batch = new StorageBatch();
            long end = Math.min(base.height(), preparedHeight + HEIGHTS_A_STEP);
            for (long height = preparedHeight + 1; height <= end; height++) {
                BlockHash hash = bestBranch.hashAt(height);
                if (hash == null) {
                    throw new StorageException(
                            "the store is damaged: the best branch has no block at height " + height);
                }
                batch.put(Column.CANONICAL, Records.height(height), hash.toBytes());
            }
            storage.commit(batch);
            preparedHeight = end;
            return end == base.height();
        });
    }

    /** Adds to the update what makes the block the head. */
    HeaderRecord stageInstall(HeaderUpdate update) {
        HeaderRecord base = headers.require(requireTarget()).with(BlockState.CONNECTED, true);
        update.replace(base);
        StorageBatch batch = update.batch();
        byte[] hash = base.hash().toBytes();
        List<byte[]> rows = new ArrayList<>();
        storage.scan(Column.BUCKETS, new byte[0], null, (key, value) -> rows.add(key));
        rows.forEach(key -> batch.delete(Column.BUCKETS, key));
        BucketTable.stagePages(null, roots, batch);
        batch.put(Column.STATE_ROOTS, hash, roots.stateRoot().toBytes())
                .put(Column.META, Ledger.HEAD_KEY, hash)
                .put(Column.META, Ledger.BASE_KEY, hash)
                .put(Column.META, Ledger.UNDO_KEY, Records.height(base.height() + 1))
                .delete(Column.META, TARGET_KEY)
                .delete(Column.META, ROOTS_KEY);
        return base;
    }

    /** The accounts are those of the head. */
    void ended() {
        target = null;
        done.clear();
        roots = BucketRoots.EMPTY;
    }

    private BlockHash requireTarget() {
        BlockHash block = target;
        if (block == null) {
            throw new IllegalStateException("no import is under way");
        }
        return block;
    }
}
