package dev.rensa.node.chain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that are stored all or not at all, in the order in which they were added. For one thread. */
public final class StorageBatch {
    private final List<Change> changes = new ArrayList<>();

    /** One change. Its arrays are not to be modified. */
    public static final class Change {
        private final Column column;
        private final byte[] key;
        private final byte @Nullable [] value;

        private Change(Column column, byte[] key, byte @Nullable [] value) {
            this.column = column;
            this.key = key;
            this.value = value;
        }

        public Column column() {
            return column;
        }

        public byte[] key() {
            return key;
        }

        /** The new value; null deletes the key. */
        public byte @Nullable [] value() {
            return value;
        }
    }

    public StorageBatch put(Column column, byte[] key, byte[] value) {
        changes.add(new Change(column, key, value));
        return this;
    }

    /** Deleting a key that is not there is harmless. */
    public StorageBatch delete(Column column, byte[] key) {
        changes.add(new Change(column, key, null));
        return this;
    }

    /** The changes in order; not to be modified. */
    public List<Change> changes() {
        return changes;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
