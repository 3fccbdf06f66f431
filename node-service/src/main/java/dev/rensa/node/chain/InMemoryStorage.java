package dev.rensa.node.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage that lives as long as the object: for simulations and tests. It outlasts the chain that is opened on it, so a
 * simulated node can be killed and started again.
 */
public final class InMemoryStorage implements ChainStorage {
    /** Guarded by {@link #lock}. */
    private final Map<Column, NavigableMap<byte[], byte[]>> tables = new EnumMap<>(Column.class);

    /** Tables that snapshots read: to be copied before they change. Guarded by {@link #lock}. */
    private final Set<Column> shared = EnumSet.noneOf(Column.class);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    public InMemoryStorage() {
        for (Column column : Column.values()) {
            tables.put(column, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public byte @Nullable [] get(Column column, byte[] key) {
        return locked(() -> table(column).get(key));
    }

    @Override
    public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
        return locked(() -> {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                values.add(table(column).get(key));
            }
            return values;
        });
    }

    @Override
    public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
        locked(() -> {
            scanWhile(table(column), from, until, inspector);
            return inspector;
        });
    }

    private static void scanWhile(
            NavigableMap<byte[], byte[]> table, byte[] from, byte @Nullable [] until, Inspector inspector) {
        for (var entry :
                (until == null ? table.tailMap(from, true) : table.subMap(from, true, until, false)).entrySet()) {
            if (!inspector.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    @Override
    public void commit(StorageBatch batch) {
        lock.writeLock().lock();
        try {
            for (StorageBatch.Change change : batch.changes()) {
                byte[] value = change.value();
                byte[] until = change.until();
                NavigableMap<byte[], byte[]> table = tableToChange(change.column());
                if (until != null) {
                    table.subMap(change.key(), true, until, false).clear();
                } else if (value == null) {
                    table.remove(change.key());
                } else {
                    table.put(change.key(), value);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Nothing to do: there is no disk. */
    @Override
    public void sync() {}

    /** Tables are shared with the snapshot until the next commit to them copies them. */
    @Override
    public StorageSnapshot snapshot() {
        lock.writeLock().lock();
        try {
            shared.addAll(tables.keySet());
            return new Copy(new EnumMap<>(tables));
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public <T> T read(Function<StorageReader, T> reading) {
        return locked(() -> reading.apply(this));
    }

    /** Nothing to do: the tables stay, for the next chain that is opened on them. */
    @Override
    public void close() {}

    private NavigableMap<byte[], byte[]> tableToChange(Column column) {
        if (shared.remove(column)) {
            tables.put(column, new TreeMap<>(table(column)));
        }
        return table(column);
    }

    private NavigableMap<byte[], byte[]> table(Column column) {
        NavigableMap<byte[], byte[]> table = tables.get(column);
        if (table == null) {
            throw new IllegalStateException("every column has a table: " + column);
        }
        return table;
    }

    private <T extends @Nullable Object> T locked(Supplier<T> reading) {
        lock.readLock().lock();
        try {
            return reading.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Tables that nobody changes any more. */
    private record Copy(Map<Column, NavigableMap<byte[], byte[]>> frozen) implements StorageSnapshot {
        @Override
        public byte @Nullable [] get(Column column, byte[] key) {
            return frozen(column).get(key);
        }

        @Override
        public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                values.add(frozen(column).get(key));
            }
            return values;
        }

        @Override
        public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
            InMemoryStorage.scanWhile(frozen(column), from, until, inspector);
        }

        @Override
        public void close() {}

        private NavigableMap<byte[], byte[]> frozen(Column column) {
            return Objects.requireNonNull(frozen.get(column), "every column has a table");
        }
    }
}
