package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the storage in which some accounts are as they were before. They lie in one array, 48 bytes each, in the
 * order of their keys. Readable from any thread, as the snapshot is.
 */
final class RewoundAccounts implements StorageSnapshot {
    private static final int ROW_BYTES = PublicKey.LENGTH + Records.ACCOUNT_BYTES;
    private static final byte[] EMPTY = Records.encode(Account.EMPTY);

    private final StorageSnapshot snapshot;
    private final byte[] rows;

    /** Takes the accounts that differ, by the bytes of their keys as unsigned numbers; one that is empty is not there. */
    RewoundAccounts(StorageSnapshot snapshot, NavigableMap<byte[], byte[]> prior) {
        this.snapshot = snapshot;
        this.rows = new byte[prior.size() * ROW_BYTES];
        int offset = 0;
        for (var account : prior.entrySet()) {
            System.arraycopy(account.getKey(), 0, rows, offset, PublicKey.LENGTH);
            System.arraycopy(account.getValue(), 0, rows, offset + PublicKey.LENGTH, Records.ACCOUNT_BYTES);
            offset += ROW_BYTES;
        }
    }

    @Override
    public byte @Nullable [] get(Column column, byte[] key) {
        if (column == Column.ACCOUNTS) {
            int row = firstFrom(key);
            if (row < count() && Arrays.equals(key(row), key)) {
                byte[] account = account(row);
                return Arrays.equals(account, EMPTY) ? null : account;
            }
        }
        return snapshot.get(column, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(column, key));
        }
        return values;
    }

    @Override
    public void scanWhile(Column column, byte[] from, byte @Nullable [] until, Inspector inspector) {
        if (column != Column.ACCOUNTS) {
            snapshot.scanWhile(column, from, until, inspector);
            return;
        }
        Merge merge = new Merge(firstFrom(from), until == null ? count() : firstFrom(until), inspector);
        snapshot.scanWhile(column, from, until, merge);
        merge.showRows(null);
    }

    /** Shows the snapshot's accounts and those of the rows, each key once. */
    private final class Merge implements Inspector {
        private final int end;
        private final Inspector inspector;
        private int next;
        private boolean goesOn = true;

        Merge(int first, int end, Inspector inspector) {
            this.next = first;
            this.end = end;
            this.inspector = inspector;
        }

        @Override
        public boolean visit(byte[] key, byte[] value) {
            showRows(key);
            if (goesOn && next < end && compare(next, key) == 0) {
                showNext();
            } else if (goesOn) {
                goesOn = inspector.visit(key, value);
            }
            return goesOn;
        }

        /** Those below a key, all if there is none. */
        void showRows(byte @Nullable [] below) {
            while (goesOn && next < end && (below == null || compare(next, below) < 0)) {
                showNext();
            }
        }

        private void showNext() {
            byte[] account = account(next);
            byte[] key = key(next++);
            if (!Arrays.equals(account, EMPTY)) {
                goesOn = inspector.visit(key, account);
            }
        }
    }

    private int count() {
        return rows.length / ROW_BYTES;
    }

    /** The first row whose key is not below this one. */
    private int firstFrom(byte[] key) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(int row, byte[] key) {
        int start = row * ROW_BYTES;
        return Arrays.compareUnsigned(rows, start, start + PublicKey.LENGTH, key, 0, key.length);
    }

    private byte[] key(int row) {
        int start = row * ROW_BYTES;
        return Arrays.copyOfRange(rows, start, start + PublicKey.LENGTH);
    }

    private byte[] account(int row) {
        int start = row * ROW_BYTES + PublicKey.LENGTH;
        return Arrays.copyOfRange(rows, start, start + Records.ACCOUNT_BYTES);
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
