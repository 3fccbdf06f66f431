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
    public void scan(Column column, byte[] from, byte @Nullable [] until, Visitor visitor) {
        if (column != Column.ACCOUNTS) {
            snapshot.scan(column, from, until, visitor);
            return;
        }
        int end = until == null ? count() : firstFrom(until);
        int[] next = {firstFrom(from)};
        snapshot.scan(column, from, until, (key, value) -> {
            while (next[0] < end && compare(next[0], key) < 0) {
                visit(next[0]++, visitor);
            }
            if (next[0] < end && compare(next[0], key) == 0) {
                visit(next[0]++, visitor);
            } else {
                visitor.visit(key, value);
            }
        });
        while (next[0] < end) {
            visit(next[0]++, visitor);
        }
    }

    private void visit(int row, Visitor visitor) {
        byte[] account = account(row);
        if (!Arrays.equals(account, EMPTY)) {
            visitor.visit(key(row), account);
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
