package dev.rensa.node.chain;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.AccountState;
import dev.rensa.protocol.state.BucketRoots;
import dev.rensa.protocol.state.StateBucket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    private final ChainStorage storage;
    private final HeaderTree headers;
    private final BestBranch bestBranch;
    private final BitSet done = new BitSet(BucketRoots.BUCKETS);
    private BucketRoots roots = BucketRoots.EMPTY;
    private volatile @Nullable BlockHash target;
    private long preparedHeight;

    StateImport(ChainStorage storage, HeaderTree headers, BestBranch bestBranch) {
        this.storage = storage;
        this.headers = headers;
        this.bestBranch = bestBranch;
        byte[] stored = storage.get(Column.META, TARGET_KEY);
        byte[] pages = storage.get(Column.META, ROOTS_KEY);
        if (stored != null && pages != null) {
            ByteReader reader = new ByteReader(stored);
            target = reader.readFixed(BlockHash.LENGTH, BlockHash::of);
            done.or(BitSet.valueOf(reader.readBytes(reader.remaining())));
            roots = BucketRoots.decode(ByteReader.decodeAll(
                    pages, r -> r.readList(BucketRoots.PAGES, Short.BYTES, page -> page.readSized16(pages.length))));
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
    }

    /** Stores neighbouring buckets in place of what is there. */
    public void store(int first, List<StateBucket> buckets) {
        StorageBatch batch = new StorageBatch();
        BitSet after = done();
        for (int i = 0; i < buckets.size(); i++) {
            stageBucket(first + i, buckets.get(i), batch);
            after.set(first + i);
        }
        stageProgress(requireTarget(), after, batch);
        storage.commit(batch);
        done.or(after);
    }

    private void stageBucket(int bucket, StateBucket content, StorageBatch batch) {
        Set<PublicKey> kept = new HashSet<>();
        for (AccountState account : content.accounts()) {
            kept.add(account.key());
            batch.put(
                    Column.ACCOUNTS,
                    account.key().toBytes(),
                    Records.encode(new Account(account.balance(), account.nextNonce())));
        }
        storage.scan(Column.ACCOUNTS, Records.bucket(bucket), StoredAccounts.endOf(bucket + 1), (key, value) -> {
            if (!kept.contains(PublicKey.of(key))) {
                batch.delete(Column.ACCOUNTS, key);
            }
        });
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
     * Writes down which blocks lie below the new head, some thousand at each call; nobody sees them before the head moves.
     *
     * @return whether all are written
     */
    public boolean prepare() {
        HeaderRecord base = headers.require(requireTarget());
        StorageBatch batch = new StorageBatch();
        long end = Math.min(base.height(), preparedHeight + HEIGHTS_A_STEP);
        for (long height = preparedHeight + 1; height <= end; height++) {
            BlockHash hash = bestBranch.hashAt(height);
            if (hash == null) {
                throw new StorageException("the store is damaged: the best branch has no block at height " + height);
            }
            batch.put(Column.CANONICAL, Records.height(height), hash.toBytes());
        }
        storage.commit(batch);
        preparedHeight = end;
        return end == base.height();
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

    /** The update is stored. */
    void installed() {
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
