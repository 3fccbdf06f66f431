package dev.rensa.explorer.store;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a run of blocks changes in accounts, summed up so that each account is written once. The same sums with the
 * opposite sign take the blocks back.
 */
final class AccountChanges {

    private static final String ADD = """
            INSERT INTO account (key, balance, sent_count, sent, fees_paid, received_count, received,
                                 mined_count, mined, allocated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET
                balance = account.balance + excluded.balance,
                sent_count = account.sent_count + excluded.sent_count,
                sent = account.sent + excluded.sent,
                fees_paid = account.fees_paid + excluded.fees_paid,
                received_count = account.received_count + excluded.received_count,
                received = account.received + excluded.received,
                mined_count = account.mined_count + excluded.mined_count,
                mined = account.mined + excluded.mined,
                allocated = account.allocated + excluded.allocated
            """;

    /** An account that only the blocks taken back had touched is no account: an index built anew would not hold it. */
    private static final String FORGET_UNTOUCHED = """
            DELETE FROM account
            WHERE key = ? AND sent_count = 0 AND received_count = 0 AND mined_count = 0 AND allocated = 0
            """;

    private static final int FIELDS = 9;
    private static final int BALANCE = 0;
    private static final int SENT_COUNT = 1;
    private static final int SENT = 2;
    private static final int FEES_PAID = 3;
    private static final int RECEIVED_COUNT = 4;
    private static final int RECEIVED = 5;
    private static final int MINED_COUNT = 6;
    private static final int MINED = 7;
    private static final int ALLOCATED = 8;

    private final Map<PublicKey, long[]> changes = new HashMap<>();

    void transfer(Transaction transaction) {
        long amount = transaction.amount().mon();
        long fee = transaction.fee().mon();
        long[] from = of(transaction.sender());
        from[BALANCE] = Math.subtractExact(from[BALANCE], Math.addExact(amount, fee));
        from[SENT_COUNT]++;
        from[SENT] = Math.addExact(from[SENT], amount);
        from[FEES_PAID] = Math.addExact(from[FEES_PAID], fee);
        long[] to = of(transaction.recipient());
        to[BALANCE] = Math.addExact(to[BALANCE], amount);
        to[RECEIVED_COUNT]++;
        to[RECEIVED] = Math.addExact(to[RECEIVED], amount);
    }

    void mined(PublicKey miner, long reward) {
        long[] account = of(miner);
        account[BALANCE] = Math.addExact(account[BALANCE], reward);
        account[MINED_COUNT]++;
        account[MINED] = Math.addExact(account[MINED], reward);
    }

    void allocated(PublicKey key, long amount) {
        long[] account = of(key);
        account[BALANCE] = Math.addExact(account[BALANCE], amount);
        account[ALLOCATED] = Math.addExact(account[ALLOCATED], amount);
    }

    void add(Connection connection) throws SQLException {
        write(connection, 1);
    }

    void takeBack(Connection connection) throws SQLException {
        write(connection, -1);
        try (PreparedStatement forget = connection.prepareStatement(FORGET_UNTOUCHED)) {
            for (PublicKey key : changes.keySet()) {
                forget.setBytes(1, key.toBytes());
                forget.addBatch();
            }
            forget.executeBatch();
        }
    }

    private void write(Connection connection, int sign) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Map.Entry<PublicKey, long[]> change : changes.entrySet()) {
                add.setBytes(1, change.getKey().toBytes());
                for (int field = 0; field < FIELDS; field++) {
                    add.setLong(field + 2, sign * change.getValue()[field]);
                }
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    private long[] of(PublicKey key) {
        return changes.computeIfAbsent(key, _ -> new long[FIELDS]);
    }
}
