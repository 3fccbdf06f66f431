package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.FollowedBlock;
import dev.rensa.wallet.transfer.Transfer;
import dev.rensa.wallet.transfer.TransferEvent;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferState;
import dev.rensa.wallet.transfer.TransferStore;
import dev.rensa.wallet.transfer.Transition;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Transfers, their audit log, and the blocks that were followed. */
public final class JdbcTransferStore implements TransferStore {

    private static final String SELECT = "SELECT " + TransferRows.COLUMNS + " FROM transfer";

    private final Database database;

    public JdbcTransferStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(List<Transition> requested) {
        database.write("new transfers", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(TransferRows.INSERT)) {
                for (Transition transition : requested) {
                    TransferRows.setInsert(insert, transition.after());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            audit(connection, requested);
            return true;
        });
    }

    @Override
    public void record(List<Transition> transitions) {
        database.write("steps of transfers", connection -> {
            record(connection, transitions);
            return true;
        });
    }

    @Override
    public void recordBlocks(
            BlockHash network,
            long forkHeight,
            List<FollowedBlock> connected,
            BigInteger bestWork,
            List<Transition> transitions) {
        database.write("blocks", connection -> {
            forget(connection, network, "height > ?", forkHeight);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO followed_block (network, height, hash) VALUES (?, ?, ?)")) {
                for (FollowedBlock block : connected) {
                    insert.setString(1, network.toHex());
                    insert.setLong(2, block.height());
                    insert.setString(3, block.hash().toHex());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            long oldest = connected.getLast().height() - MAX_FOLLOWED_BLOCKS;
            if (oldest > 0) {
                forget(connection, network, "height > 1 AND height <= ?", oldest);
            }
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO network (hash, best_work) VALUES (?, ?)"
                            + " ON CONFLICT (hash) DO UPDATE SET best_work = excluded.best_work")) {
                upsert.setString(1, network.toHex());
                upsert.setString(2, bestWork.toString());
                upsert.executeUpdate();
            }
            record(connection, transitions);
            return true;
        });
    }

    @Override
    public Optional<Transfer> find(TransferId id) {
        return database.queryOne(
                SELECT + " WHERE id = ?", statement -> statement.setString(1, id.value()), TransferRows::read);
    }

    @Override
    public Optional<Transfer> findByIdempotencyKey(BlockHash network, WalletId wallet, String key) {
        return database.queryOne(
                SELECT + " WHERE network = ? AND wallet_id = ? AND idempotency_key = ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, wallet.value());
                    statement.setString(3, key);
                },
                TransferRows::read);
    }

    @Override
    public List<Transfer> open(BlockHash network) {
        return database.query(
                SELECT + " WHERE network = ? AND state IN ('requested', 'reserved', 'signed', 'submitted', 'mined')"
                        + " ORDER BY id",
                statement -> statement.setString(1, network.toHex()),
                TransferRows::read);
    }

    @Override
    public List<Transfer> finalAbove(BlockHash network, long height) {
        return database.query(
                SELECT + " WHERE network = ? AND state = 'final' AND height > ? ORDER BY id",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setLong(2, height);
                },
                TransferRows::read);
    }

    @Override
    public List<Transfer> list(BlockHash network, WalletId wallet, @Nullable TransferId before, int limit) {
        // Every id is below this one: its first digit is no hexadecimal digit.
        String upper = before == null ? "g" : before.value();
        return database.query(
                SELECT + " WHERE network = ? AND wallet_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, wallet.value());
                    statement.setString(3, upper);
                    statement.setInt(4, limit);
                },
                TransferRows::read);
    }

    @Override
    public List<TransferEvent> history(TransferId id) {
        return database.query(
                "SELECT version, at, state, cause FROM transfer_event WHERE transfer_id = ? ORDER BY version",
                statement -> statement.setString(1, id.value()),
                row -> new TransferEvent(
                        id, row.getInt(1), row.getLong(2), TransferState.ofCode(row.getString(3)), row.getString(4)));
    }

    @Override
    public List<FollowedBlock> followed(BlockHash network) {
        return database.query(
                "SELECT height, hash FROM followed_block WHERE network = ? ORDER BY height",
                statement -> statement.setString(1, network.toHex()),
                row -> new FollowedBlock(row.getLong(1), BlockHash.fromHex(row.getString(2))));
    }

    @Override
    public BigInteger bestWork(BlockHash network) {
        return database.queryOne(
                        "SELECT best_work FROM network WHERE hash = ?",
                        statement -> statement.setString(1, network.toHex()),
                        row -> new BigInteger(row.getString(1)))
                .orElse(BigInteger.ZERO);
    }

    private static void forget(Connection connection, BlockHash network, String which, long height)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM followed_block WHERE network = ? AND " + which)) {
            delete.setString(1, network.toHex());
            delete.setLong(2, height);
            delete.executeUpdate();
        }
    }

    private static void record(Connection connection, List<Transition> transitions) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TransferRows.UPDATE)) {
            for (Transition transition : transitions) {
                TransferRows.setUpdate(update, transition.after());
                update.addBatch();
            }
            for (int changed : update.executeBatch()) {
                if (changed == 0) {
                    throw new SQLException("a transfer was changed by another writer: nothing was written");
                }
            }
        }
        audit(connection, transitions);
    }

    private static void audit(Connection connection, List<Transition> transitions) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transfer_event (transfer_id, version, at, state, cause) VALUES (?, ?, ?, ?, ?)")) {
            for (Transition transition : transitions) {
                Transfer after = transition.after();
                insert.setString(1, after.id().value());
                insert.setInt(2, after.version());
                insert.setLong(3, after.updatedAtMillis());
                insert.setString(4, after.state().code());
                insert.setString(5, transition.cause());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
