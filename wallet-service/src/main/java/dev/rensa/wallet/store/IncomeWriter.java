package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.received.Income;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedState;
import dev.rensa.wallet.received.Search;
import dev.rensa.wallet.transfer.FollowedBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what blocks brought, each step with its number, within the transaction that writes the blocks. What is given is
 * bounded by those blocks; what stands in the store already is changed where it stands, however much it is.
 */
final class IncomeWriter {

    /** Rows looked up at once. */
    private static final int CHUNK = 500;

    private final Connection connection;
    private final BlockHash network;
    private final Income income;

    /** What is new and not above this height is final at once. */
    private long deepEnough = -1;

    IncomeWriter(Connection connection, BlockHash network, Income income) {
        this.connection = connection;
        this.network = network;
        this.income = income;
    }

    /** Of blocks that are connected now. */
    void write(long forkHeight, List<FollowedBlock> connected) throws SQLException {
        orphan(forkHeight, connected);
        mine();
        settle(connected.getLast().height());
    }

    /** Of older blocks. What is deep enough was paid long ago, and is told to nobody as if it were news. */
    void writeFound(long tipHeight, Search progress) throws SQLException {
        deepEnough = tipHeight - income.confirmations() + 1;
        mine();
        String change = progress.isOver()
                ? "DELETE FROM received_search WHERE network = ? AND request = ?"
                : "UPDATE received_search SET next_height = " + progress.nextHeight() + ", end_height = "
                        + progress.endHeight() + " WHERE network = ? AND request = ?";
        try (PreparedStatement statement = connection.prepareStatement(change)) {
            statement.setString(1, network.toHex());
            statement.setLong(2, progress.request());
            statement.executeUpdate();
        }
    }

    private void mine() throws SQLException {
        int size = income.payments().size();
        for (int from = 0; from < size; from += CHUNK) {
            mine(income.payments().subList(from, Math.min(size, from + CHUNK)));
        }
    }

    private void orphan(long forkHeight, List<FollowedBlock> connected) throws SQLException {
        String others = String.join(", ", Collections.nCopies(connected.size(), "?"));
        step(
                ReceivedState.ORPHANED,
                "network = ? AND height > ? AND state <> 'orphaned' AND block NOT IN (" + others + ")",
                (statement, first) -> {
                    statement.setString(first, network.toHex());
                    statement.setLong(first + 1, forkHeight);
                    for (int i = 0; i < connected.size(); i++) {
                        statement.setString(
                                first + 2 + i, connected.get(i).hash().toHex());
                    }
                });
    }

    private void settle(long tipHeight) throws SQLException {
        step(ReceivedState.FINAL, "network = ? AND state = 'mined' AND height <= ?", (statement, first) -> {
            statement.setString(first, network.toHex());
            statement.setLong(first + 1, tipHeight - income.confirmations() + 1);
        });
    }

    /** New ones, and those that were orphaned and are mined after all, maybe in another block. */
    private void mine(List<ReceivedPayment> payments) throws SQLException {
        Map<String, Known> known = known(payments);
        List<ReceivedPayment> entered = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(ReceivedRows.INSERT);
                PreparedStatement update = connection.prepareStatement(ReceivedRows.UPDATE)) {
            for (ReceivedPayment payment : payments) {
                Known before = known.get(payment.id().toHex());
                if (before == null && payment.height() <= deepEnough) {
                    ReceivedRows.setInsert(insert, payment.settled(), income.atMillis());
                    insert.addBatch();
                } else if (before == null) {
                    ReceivedRows.setInsert(insert, payment, income.atMillis());
                    insert.addBatch();
                    entered.add(payment);
                } else if (!before.standsIn(payment.block())) {
                    ReceivedPayment again = payment.minedAs(before.version() + 1);
                    ReceivedRows.setUpdate(update, again, income.atMillis());
                    update.addBatch();
                    entered.add(again);
                }
            }
            insert.executeBatch();
            update.executeBatch();
        }
        tell(entered);
    }

    private record Known(ReceivedState state, String block, int version) {
        boolean standsIn(BlockHash there) {
            return state != ReceivedState.ORPHANED && block.equals(there.toHex());
        }
    }

    private Map<String, Known> known(List<ReceivedPayment> payments) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT id, state, block, version FROM received_payment WHERE network = ? AND id IN ("
                        + String.join(", ", Collections.nCopies(payments.size(), "?")) + ")")) {
            query.setString(1, network.toHex());
            for (int i = 0; i < payments.size(); i++) {
                query.setString(2 + i, payments.get(i).id().toHex());
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    known.put(
                            row.getString(1),
                            new Known(ReceivedState.ofCode(row.getString(2)), row.getString(3), row.getInt(4)));
                }
            }
        }
        return known;
    }

    private void tell(List<ReceivedPayment> entered) throws SQLException {
        if (entered.isEmpty()) {
            return;
        }
        long seq = JdbcTransferFeed.take(connection, entered.size());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO received_event (seq, network, payment_id, version, at, state, height, position, block,"
                        + " block_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (ReceivedPayment payment : entered) {
                insert.setLong(1, seq++);
                insert.setString(2, network.toHex());
                insert.setString(3, payment.id().toHex());
                insert.setInt(4, payment.version());
                insert.setLong(5, income.atMillis());
                insert.setString(6, payment.state().code());
                insert.setLong(7, payment.height());
                insert.setInt(8, payment.position());
                insert.setString(9, payment.block().toHex());
                insert.setLong(10, payment.blockAtMillis());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private interface Which {
        void set(PreparedStatement statement, int first) throws SQLException;
    }

    /** Brings all rows of a condition to a state, without fetching them: a deep reorganisation may undo very many. */
    private void step(ReceivedState state, String condition, Which which) throws SQLException {
        int count;
        try (PreparedStatement query =
                connection.prepareStatement("SELECT COUNT(*) FROM received_payment WHERE " + condition)) {
            which.set(query, 1);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                count = row.getInt(1);
            }
        }
        if (count == 0) {
            return;
        }
        long first = JdbcTransferFeed.take(connection, count);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO received_event (seq, network, payment_id, version, at, state, height, position, block,"
                        + " block_at) SELECT CAST(? AS BIGINT) + ROW_NUMBER() OVER (ORDER BY height, position, id),"
                        + " network, id, version + 1, CAST(? AS BIGINT), '" + state.code()
                        + "', height, position, block, block_at FROM received_payment WHERE " + condition)) {
            insert.setLong(1, first - 1);
            insert.setLong(2, income.atMillis());
            which.set(insert, 3);
            insert.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE received_payment SET state = '"
                + state.code() + "', version = version + 1, updated_at = ? WHERE " + condition)) {
            update.setLong(1, income.atMillis());
            which.set(update, 2);
            update.executeUpdate();
        }
    }
}
