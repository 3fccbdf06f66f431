package dev.rensa.explorer.store;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.transaction.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run of blocks changes in accounts, summed up so that each account is written once. The same sums with the
 * opposite sign take the blocks back.
 */
final class AccountChanges {

    /** The columns that are summed, in the order of the fields below. */
    private static final List<String> COLUMNS = List.of(
            "balance",
            "allocated",
            "sent_count",
            "sent_high",
            "sent_low",
            "fees_high",
            "fees_low",
            "received_count",
            "received_high",
            "received_low",
            "mined_count",
            "mined_high",
            "mined_low");

    private static final int BALANCE = 0;
    private static final int ALLOCATED = 1;
    private static final int SENT_COUNT = 2;
    private static final int SENT = 3;
    private static final int FEES = 5;
    private static final int RECEIVED_COUNT = 7;
    private static final int RECEIVED = 8;
    private static final int MINED_COUNT = 10;
    private static final int MINED = 11;

    private static final String ADD = "INSERT INTO account (key, " + String.join(", ", COLUMNS) + ") VALUES (?"
            + ", ?".repeat(COLUMNS.size()) + ") ON CONFLICT (key) DO UPDATE SET "
            + COLUMNS.stream()
                    .map(column -> column + " = account." + column + " + excluded." + column)
                    .collect(Collectors.joining(", "));

    /** An account that only the blocks taken back had touched is no account: an index built anew would not hold it. */
    private static final String FORGET_UNTOUCHED = """
            DELETE FROM account
            WHERE key = ? AND sent_count = 0 AND received_count = 0 AND mined_count = 0 AND allocated = 0
            """;

    private final Map<PublicKey, long[]> changes = new HashMap<>();

    /**
     * A balance's change may leave 64 bits on the way when transactions come in another order than the chain's; it comes
     * back, since the whole change lies between two balances.
     */
    void transfer(Transaction transaction) {
        long amount = transaction.amount().mon();
        long fee = transaction.fee().mon();
        long[] from = of(transaction.sender());
        from[BALANCE] -= amount + fee;
        from[SENT_COUNT]++;
        add(from, SENT, amount);
        add(from, FEES, fee);
        long[] to = of(transaction.recipient());
        to[BALANCE] += amount;
        to[RECEIVED_COUNT]++;
        add(to, RECEIVED, amount);
    }

    void mined(PublicKey miner, long reward) {
        long[] account = of(miner);
        account[BALANCE] += reward;
        account[MINED_COUNT]++;
        add(account, MINED, reward);
    }

    void allocated(PublicKey key, long amount) {
        long[] account = of(key);
        account[BALANCE] += amount;
        account[ALLOCATED] += amount;
    }

    /** Adds to a sum that is kept in two halves; see the schema. */
    private static void add(long[] account, int high, long amount) {
        account[high] += Halves.high(amount);
        account[high + 1] += Halves.low(amount);
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
                int next = 2;
                for (long sum : change.getValue()) {
                    add.setLong(next++, sign * sum);
                }
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    private long[] of(PublicKey key) {
        return changes.computeIfAbsent(key, _ -> new long[COLUMNS.size()]);
    }
}
