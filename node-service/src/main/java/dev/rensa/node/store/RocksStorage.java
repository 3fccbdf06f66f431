package dev.rensa.node.store;

import dev.rensa.node.chain.ChainStorage;
import dev.rensa.node.chain.Column;
import dev.rensa.node.chain.StorageBatch;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.chain.StorageReader;
import dev.rensa.node.chain.StorageSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The chain's storage in RocksDB: a column family a table, one write batch a commit. A commit outlasts a kill of the
 * process at once, and a loss of power once {@link #sync} has returned.
 *
 * <p>One thread commits, any thread reads; after {@link #close} every call is refused.
 */
public final class RocksStorage implements ChainStorage {
    private static final String DATABASE = "ledger";

    private final Path directory;
    private final boolean syncToDisk;
    private final RocksSettings settings;
    private final RocksDB database;
    private final Map<Column, ColumnFamilyHandle> families = new EnumMap<>(Column.class);
    private final ReadOptions newest;
    private final WriteOptions logged;
    private final SyncMark synced;

    /** Readers share it; closing takes it alone, since using a closed native object ends the process. */
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();

    /** Guarded by {@link #lifetime}. */
    private boolean closed;

    private volatile boolean failed;

    /** Held states, which must be let go before the database can close. */
    private final Set<HeldSnapshot> snapshots = ConcurrentHashMap.newKeySet();

    private RocksStorage(Path directory, boolean syncToDisk) {
        this.directory = directory;
        this.syncToDisk = syncToDisk;
        StoreFormat.ensure(directory, directory.resolve(DATABASE));
        // Before the first options object, which is native already.
        RocksDB.loadLibrary();
        this.settings = new RocksSettings();
        this.newest = settings.reading();
        this.logged = settings.writing();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
        for (Column column : Column.values()) {
            descriptors.add(new ColumnFamilyDescriptor(
                    column.label().getBytes(StandardCharsets.UTF_8), settings.column(column)));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            // Where there was a store once, files that are missing must not be taken for a new beginning.
            this.database = RocksDB.open(
                    settings.database().setCreateIfMissing(!SyncMark.exists(directory)),
                    directory.resolve(DATABASE).toString(),
                    descriptors,
                    handles);
        } catch (RocksDBException e) {
            settings.close();
            throw RocksErrors.opening(directory, e);
        }
        try {
            this.synced = SyncMark.open(directory, database.getLatestSequenceNumber());
        } catch (StorageException e) {
            handles.forEach(ColumnFamilyHandle::close);
            database.close();
            settings.close();
            throw e;
        }
        for (Column column : Column.values()) {
            families.put(column, handles.get(families.size() + 1));
        }
    }

    /**
     * Opens a data directory, or creates it.
     *
     * @throws StorageException if another process has it open, it is damaged, has lost what was confirmed, was written by
     *     a newer node, or may not be written
     */
    public static RocksStorage open(Path directory) {
        return open(directory, true);
    }

    /**
     * Opens a data directory, or creates it.
     *
     * @param syncToDisk whether {@link #sync} waits for the disk; without it a loss of power may take the last blocks, in
     *     order, and the node fetches them again
     * @throws StorageException as {@link #open(Path)}
     */
    public static RocksStorage open(Path directory, boolean syncToDisk) {
        return new RocksStorage(directory, syncToDisk);
    }

    /** Whether there is a store in this directory, readable or not; {@link #open(Path)} would create one. */
    public static boolean exists(Path directory) {
        return StoreFormat.exists(directory);
    }

    @Override
    public byte @Nullable [] get(Column column, byte[] key) {
        return use(() -> database.get(family(column), newest, key));
    }

    @Override
    public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
        return use(() -> getAll(newest, column, keys));
    }

    private List<byte @Nullable []> getAll(ReadOptions options, Column column, List<byte[]> keys)
            throws RocksDBException {
        ColumnFamilyHandle family = family(column);
        List<ColumnFamilyHandle> sameFamily = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            sameFamily.add(family);
        }
        return database.multiGetAsList(options, sameFamily, keys);
    }

    @Override
    public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
        use(() -> {
            try (ReadOptions options = new ReadOptions()) {
                scanWhile(options, column, from, until, inspector);
            }
            return true;
        });
    }

    private void scanWhile(
            ReadOptions options, Column column, byte[] from, byte @Nullable [] until, Inspector inspector)
            throws RocksDBException {
        try (Slice bound = until == null ? null : new Slice(until)) {
            if (bound != null) {
                options.setIterateUpperBound(bound);
            }
            try (RocksIterator iterator = database.newIterator(family(column), options)) {
                iterator.seek(from);
                while (iterator.isValid() && inspector.visit(iterator.key(), iterator.value())) {
                    iterator.next();
                }
                iterator.status();
            }
        }
    }

    @Override
    public void commit(StorageBatch batch) {
        use(() -> {
            try (WriteBatch writes = new WriteBatch()) {
                for (StorageBatch.Change change : batch.changes()) {
                    byte[] value = change.value();
                    byte[] until = change.until();
                    if (until != null) {
                        writes.deleteRange(family(change.column()), change.key(), until);
                    } else if (value == null) {
                        writes.delete(family(change.column()), change.key());
                    } else {
                        writes.put(family(change.column()), change.key(), value);
                    }
                }
                database.write(logged, writes);
            }
            return true;
        });
    }

    @Override
    public void sync() {
        if (syncToDisk) {
            persist();
        }
    }

    /** Waits for the disk, however it was opened. */
    public void persist() {
        use(() -> {
            long newest = database.getLatestSequenceNumber();
            database.syncWal();
            synced.advance(newest);
            return true;
        });
    }

    @Override
    public StorageSnapshot snapshot() {
        return use(() -> {
            HeldSnapshot snapshot = new HeldSnapshot(database.getSnapshot());
            snapshots.add(snapshot);
            return snapshot;
        });
    }

    @Override
    public <T> T read(Function<StorageReader, T> reading) {
        return use(() -> {
            Snapshot snapshot = database.getSnapshot();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                return reading.apply(new SnapshotReader(options));
            } finally {
                database.releaseSnapshot(snapshot);
            }
        });
    }

    /**
     * Reads every file through and holds it against its checksums.
     *
     * @throws StorageException naming the first file that is not as it was written
     */
    public void checkFiles() {
        use(() -> {
            database.verifyChecksum();
            return true;
        });
    }

    /** Closes it. After an earlier failure it says nothing of what that failure makes impossible. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            // The database does not close while a snapshot is held.
            snapshots.forEach(HeldSnapshot::release);
            snapshots.clear();
            families.values().forEach(ColumnFamilyHandle::close);
            synced.close();
            database.closeE();
        } catch (RocksDBException e) {
            if (!failed) {
                throw RocksErrors.using(directory, e);
            }
        } finally {
            settings.close();
            lifetime.writeLock().unlock();
        }
    }

    private ColumnFamilyHandle family(Column column) {
        ColumnFamilyHandle family = families.get(column);
        if (family == null) {
            throw new IllegalStateException("every column has a family: " + column);
        }
        return family;
    }

    @FunctionalInterface
    private interface Use<T extends @Nullable Object> {
        T run() throws RocksDBException;
    }

    private <T extends @Nullable Object> T use(Use<T> use) {
        Lock shared = lifetime.readLock();
        shared.lock();
        try {
            if (closed) {
                throw new StorageException("the store in " + directory + " is closed: the node is stopping");
            }
            return use.run();
        } catch (RocksDBException e) {
            failed = true;
            throw RocksErrors.using(directory, e);
        } finally {
            shared.unlock();
        }
    }

    /** A state that is held until somebody, or the storage, closes it. */
    private final class HeldSnapshot extends SnapshotReader implements StorageSnapshot {
        private final Snapshot snapshot;
        private final ReadOptions options;

        HeldSnapshot(Snapshot snapshot) {
            this(snapshot, new ReadOptions().setSnapshot(snapshot));
        }

        private HeldSnapshot(Snapshot snapshot, ReadOptions options) {
            super(options);
            this.snapshot = snapshot;
            this.options = options;
        }

        private void release() {
            options.close();
            database.releaseSnapshot(snapshot);
        }

        @Override
        public void close() {
            lifetime.readLock().lock();
            try {
                if (snapshots.remove(this)) {
                    release();
                }
            } finally {
                lifetime.readLock().unlock();
            }
        }
    }

    /** Reads one state, whatever is committed meanwhile; valid as long as that state is held. */
    private class SnapshotReader implements StorageReader {
        private final ReadOptions options;

        SnapshotReader(ReadOptions options) {
            this.options = options;
        }

        @Override
        public byte @Nullable [] get(Column column, byte[] key) {
            return use(() -> database.get(family(column), options, key));
        }

        @Override
        public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
            return use(() -> RocksStorage.this.getAll(options, column, keys));
        }

        @Override
        public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
            use(() -> {
                try (ReadOptions bounded = new ReadOptions(options)) {
                    RocksStorage.this.scanWhile(bounded, column, from, until, inspector);
                }
                return true;
            });
        }
    }
}
