package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.Payout;
import dev.rensa.wallet.transfer.PayoutStore;
import dev.rensa.wallet.transfer.ReplicaId;
import dev.rensa.wallet.transfer.RequestTakenException;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferState;
import dev.rensa.wallet.transfer.Transition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payouts and their lines in two tables. */
public final class JdbcPayoutStore implements PayoutStore {

    private static final String SELECT = "SELECT id, network, wallet_id, idempotency_key, request_hash, created_at,"
            + " line_count, total FROM payout";

    private final Database database;
    private final JdbcTransferStore transfers;

    public JdbcPayoutStore(Database database, JdbcTransferStore transfers) {
        this.database = database;
        this.transfers = transfers;
    }

    @Override
    public void insert(ReplicaId replica, Payout payout, List<Transition> requested) {
        database.write("a payout", connection -> {
            JdbcLaneStore.fence(connection, database.dialect(), replica);
            insert(connection, payout);
            transfers.record(connection, requested);
            insertLines(connection, payout, requested);
            return true;
        });
    }

    @Override
    public Optional<Payout> find(TransferId id) {
        return database.queryOne(
                SELECT + " WHERE id = ?", statement -> statement.setString(1, id.value()), JdbcPayoutStore::read);
    }

    @Override
    public Optional<Payout> findByIdempotencyKey(BlockHash network, WalletId wallet, String key) {
        return database.queryOne(
                SELECT + " WHERE network = ? AND wallet_id = ? AND idempotency_key = ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, wallet.value());
                    statement.setString(3, key);
                },
                JdbcPayoutStore::read);
    }

    @Override
    public List<Payout> list(BlockHash network, WalletId wallet, @Nullable TransferId before, int limit) {
        return database.query(
                SELECT + " WHERE network = ? AND wallet_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, wallet.value());
                    statement.setString(3, before == null ? TransferRows.ABOVE_ALL_IDS : before.value());
                    statement.setInt(4, limit);
                },
                JdbcPayoutStore::read);
    }

    @Override
    public List<Transfer> lines(TransferId id, int from, int limit) {
        return database.query(
                "SELECT " + TransferRows.COLUMNS + " FROM transfer JOIN payout_line ON transfer_id = id"
                        + " WHERE payout_id = ? AND line >= ? ORDER BY line LIMIT ?",
                statement -> {
                    statement.setString(1, id.value());
                    statement.setInt(2, from);
                    statement.setInt(3, limit);
                },
                TransferRows::read);
    }

    @Override
    public Map<TransferState, Integer> states(TransferId id) {
        Map<TransferState, Integer> states = new EnumMap<>(TransferState.class);
        database.query(
                        "SELECT state, COUNT(*) FROM transfer JOIN payout_line ON transfer_id = id"
                                + " WHERE payout_id = ? GROUP BY state",
                        statement -> statement.setString(1, id.value()),
                        row -> Map.entry(TransferState.ofCode(row.getString(1)), row.getInt(2)))
                .forEach(state -> states.put(state.getKey(), state.getValue()));
        return states;
    }

    private void insert(Connection connection, Payout payout) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO payout (id, network, wallet_id, idempotency_key, request_hash, created_at, line_count,"
                        + " total) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, payout.id().value());
            insert.setString(2, payout.network().toHex());
            insert.setString(3, payout.wallet().value());
            insert.setString(4, payout.idempotencyKey());
            insert.setString(5, payout.requestHash());
            insert.setLong(6, payout.createdAtMillis());
            insert.setInt(7, payout.lines());
            insert.setLong(8, payout.total());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (database.dialect().isDuplicate(e)) {
                throw new RequestTakenException(e);
            }
            throw e;
        }
    }

    private static void insertLines(Connection connection, Payout payout, List<Transition> requested)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO payout_line (payout_id, line, transfer_id) VALUES (?, ?, ?)")) {
            for (int line = 0; line < requested.size(); line++) {
                insert.setString(1, payout.id().value());
                insert.setInt(2, line);
                insert.setString(3, requested.get(line).after().id().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Payout read(ResultSet row) throws SQLException {
        return new Payout(
                new TransferId(row.getString(1)),
                BlockHash.fromHex(row.getString(2)),
                new WalletId(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getInt(7),
                row.getLong(8));
    }
}
