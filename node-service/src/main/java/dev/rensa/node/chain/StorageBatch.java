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
        private final byte @Nullable [] until;

        private Change(Column column, byte[] key, byte @Nullable [] value, byte @Nullable [] until) {
            this.column = column;
            this.key = key;
            this.value = value;
            this.until = until;
        }

        public Column column() {
            return column;
        }

        public byte[] key() {
            return key;
        }

        /** The new value; null deletes the key, or the range that begins there. */
        public byte @Nullable [] value() {
            return value;
        }

        /** Where the range ends that is deleted: the first key that stays; null if it is one key. */
        public byte @Nullable [] until() {
            return until;
        }
    }

    public StorageBatch put(Column column, byte[] key, byte[] value) {
        changes.add(new Change(column, key, value, null));
        return this;
    }

    /** Deleting a key that is not there is harmless. */
    public StorageBatch delete(Column column, byte[] key) {
        changes.add(new Change(column, key, null, null));
        return this;
    }

    /**
     * Deletes what is there when the batch is stored, and what changes before this one add: one change, however much it is.
     *
     * @param until the first key behind the range
     */
    public StorageBatch deleteRange(Column column, byte[] from, byte[] until) {
        changes.add(new Change(column, from, null, until));
        return this;
    }

    /** Adds a change of another batch. */
    StorageBatch add(Change change) {
        changes.add(change);
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
