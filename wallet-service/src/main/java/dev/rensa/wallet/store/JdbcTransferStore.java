package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.received.Income;
import dev.rensa.wallet.received.Search;
import dev.rensa.wallet.transfer.FollowedBlock;
import dev.rensa.wallet.transfer.ReplicaId;
import dev.rensa.wallet.transfer.RequestTakenException;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Transfers, their audit log, and the blocks that were followed. */
public final class JdbcTransferStore implements TransferStore {

    private static final String SELECT = "SELECT " + TransferRows.COLUMNS + " FROM transfer";

    private static final String OPEN =
            " WHERE network = ? AND state IN ('requested', 'reserved', 'signed', 'submitted', 'mined')";

    private static final String PROMISED = OPEN + " AND sender = ? AND (nonce IS NULL OR nonce >= ?)";

    private static final String HELD = " AND EXISTS (SELECT 1 FROM lane WHERE lane.network = transfer.network"
            + " AND lane.sender = transfer.sender AND lane.holder = ?)";

    private static final String ENDED =
            " WHERE network = ? AND state IN ('failed', 'replaced', 'expired')" + " AND transaction_id IS NOT NULL";

    /** Keys in one question: what both databases take with room to spare. */
    private static final int MAX_ASKED = 500;

    private final Database database;

    public JdbcTransferStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean isApproved(String approval) {
        return JdbcApprovalStore.isApproved(database, approval);
    }

    @Override
    public void record(ReplicaId replica, List<Transition> transitions) {
        database.write("steps of transfers", connection -> {
            JdbcLaneStore.fence(connection, database.dialect(), replica);
            record(connection, transitions);
            return true;
        });
    }

    @Override
    public void recordBlocks(
            ReplicaId replica,
            BlockHash network,
            long forkHeight,
            List<FollowedBlock> connected,
            BigInteger bestWork,
            Income income,
            List<Transition> transitions) {
        database.write("blocks", connection -> {
            JdbcLaneStore.fence(connection, database.dialect(), replica);
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
            new IncomeWriter(connection, network, income).write(forkHeight, connected);
            return true;
        });
    }

    @Override
    public void recordFound(ReplicaId replica, BlockHash network, Income found, long tipHeight, Search progress) {
        database.write("what older blocks paid", connection -> {
            JdbcLaneStore.fence(connection, database.dialect(), replica);
            new IncomeWriter(connection, network, found).writeFound(tipHeight, progress);
            return true;
        });
    }

    @Override
    public Optional<Transfer> find(TransferId id) {
        return database.queryOne(
                        SELECT + " WHERE id = ?", statement -> statement.setString(1, id.value()), TransferRows::read)
                .map(this::withFormer);
    }

    @Override
    public List<Transfer> findByIdempotencyKeys(BlockHash network, WalletId wallet, List<String> keys) {
        List<Transfer> found = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += MAX_ASKED) {
            List<String> asked = keys.subList(from, Math.min(keys.size(), from + MAX_ASKED));
            found.addAll(database.query(
                    SELECT + " WHERE network = ? AND wallet_id = ? AND idempotency_key IN ("
                            + String.join(", ", Collections.nCopies(asked.size(), "?")) + ")",
                    statement -> {
                        statement.setString(1, network.toHex());
                        statement.setString(2, wallet.value());
                        for (int i = 0; i < asked.size(); i++) {
                            statement.setString(3 + i, asked.get(i));
                        }
                    },
                    TransferRows::read));
        }
        return found;
    }

    @Override
    public List<Transfer> open(BlockHash network, ReplicaId holder) {
        return withFormer(database.query(
                SELECT + OPEN + HELD + " ORDER BY id",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, holder.value());
                },
                TransferRows::read));
    }

    @Override
    public List<Transfer> open(BlockHash network, PublicKey sender) {
        return withFormer(database.query(
                SELECT + OPEN + " AND sender = ? ORDER BY id",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, sender.toHex());
                },
                TransferRows::read));
    }

    @Override
    public List<Transfer> requested(BlockHash network, ReplicaId holder) {
        return database.query(
                SELECT + " WHERE network = ? AND state = 'requested' AND COALESCE(reason_code, '') <> ?" + HELD
                        + " ORDER BY id",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, Transfer.RESTORED);
                    statement.setString(3, holder.value());
                },
                TransferRows::read);
    }

    @Override
    public long promised(BlockHash network, PublicKey sender, long chainNextNonce) {
        Database.Parameters account = statement -> {
            statement.setString(1, network.toHex());
            statement.setString(2, sender.toHex());
            statement.setLong(3, chainNextNonce);
        };
        // In two halves of 32 bits: together transfers may ask for more than a number of the database holds.
        BigInteger asked = database.queryOne(
                        "SELECT COALESCE(SUM((amount + fee) / 4294967296), 0), COALESCE(SUM((amount + fee) % 4294967296), 0)"
                                + " FROM transfer" + PROMISED,
                        account,
                        row -> BigInteger.valueOf(row.getLong(1)).shiftLeft(32).add(BigInteger.valueOf(row.getLong(2))))
                .orElse(BigInteger.ZERO);
        BigInteger raised = withFormer(database.query(
                        SELECT + PROMISED
                                + " AND EXISTS (SELECT 1 FROM former_transaction WHERE transfer_id = transfer.id)",
                        account,
                        TransferRows::read))
                .stream()
                .map(transfer -> BigInteger.valueOf(
                        transfer.cost() - transfer.order().cost().mon()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        return asked.add(raised).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    @Override
    public List<PublicKey> endedSenders(BlockHash network) {
        return database.query(
                "SELECT DISTINCT sender FROM transfer" + ENDED,
                statement -> statement.setString(1, network.toHex()),
                row -> PublicKey.fromHex(row.getString(1)));
    }

    @Override
    public Optional<Transfer> findEnded(BlockHash network, TransactionId transaction) {
        return database.queryOne(
                        SELECT + ENDED + " AND (transaction_id = ? OR id IN" + FormerTransactions.HOLDER + ")",
                        statement -> {
                            statement.setString(1, network.toHex());
                            statement.setString(2, transaction.toHex());
                            statement.setString(3, transaction.toHex());
                        },
                        TransferRows::read)
                .map(this::withFormer);
    }

    @Override
    public List<Transfer> finalAbove(BlockHash network, long height) {
        return withFormer(database.query(
                SELECT + " WHERE network = ? AND state = 'final' AND height > ? ORDER BY id",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setLong(2, height);
                },
                TransferRows::read));
    }

    @Override
    public List<Transfer> list(BlockHash network, WalletId wallet, @Nullable TransferId before, int limit) {
        String upper = before == null ? TransferRows.ABOVE_ALL_IDS : before.value();
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
                "SELECT version, at, state, actor, cause FROM transfer_event WHERE transfer_id = ? ORDER BY version",
                statement -> statement.setString(1, id.value()),
                row -> new TransferEvent(
                        id,
                        row.getInt(1),
                        row.getLong(2),
                        TransferState.ofCode(row.getString(3)),
                        row.getString(4),
                        row.getString(5)));
    }

    @Override
    public List<FollowedBlock> followed(BlockHash network) {
        return database.query(
                "SELECT height, hash FROM followed_block WHERE network = ? ORDER BY height",
                statement -> statement.setString(1, network.toHex()),
                row -> new FollowedBlock(row.getLong(1), BlockHash.fromHex(row.getString(2))));
    }

    @Override
    public long heldFrom(BlockHash network) {
        return database.queryOne(
                        "SELECT COALESCE(held_from, 0) FROM network WHERE hash = ?",
                        statement -> statement.setString(1, network.toHex()),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public BigInteger bestWork(BlockHash network) {
        return database.queryOne(
                        "SELECT best_work FROM network WHERE hash = ?",
                        statement -> statement.setString(1, network.toHex()),
                        row -> new BigInteger(row.getString(1)))
                .orElse(BigInteger.ZERO);
    }

    private Transfer withFormer(Transfer transfer) {
        return FormerTransactions.read(database, transfer);
    }

    private List<Transfer> withFormer(List<Transfer> transfers) {
        return FormerTransactions.read(database, transfers);
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

    /** Within the transaction of another store. */
    void record(Connection connection, List<Transition> transitions) throws SQLException {
        List<TransferRows.Change> changes = TransferRows.changes(transitions);
        // What is there already goes first: it may give back the nonce that a new one has.
        update(connection, changes.stream().filter(change -> !change.isNew()).toList());
        insert(connection, changes.stream().filter(TransferRows.Change::isNew).toList());
        for (Transition transition : transitions) {
            String approval = transition.approval();
            if (approval != null
                    && !JdbcApprovalStore.became(
                            connection, approval, transition.after().id().value())) {
                throw new RequestTakenException();
            }
        }
        FormerTransactions.write(connection, transitions);
        audit(connection, transitions);
    }

    private void insert(Connection connection, List<TransferRows.Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(TransferRows.INSERT)) {
            for (TransferRows.Change change : changes) {
                TransferRows.setInsert(insert, change.after());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            if (database.dialect().isDuplicate(e)) {
                throw new RequestTakenException(e);
            }
            throw e;
        }
    }

    private static void update(Connection connection, List<TransferRows.Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(TransferRows.UPDATE)) {
            for (TransferRows.Change change : changes) {
                TransferRows.setUpdate(update, change);
                update.addBatch();
            }
            for (int changed : update.executeBatch()) {
                if (changed == 0) {
                    throw new SQLException("a transfer was changed by another writer: nothing was written");
                }
            }
        }
    }

    private static void audit(Connection connection, List<Transition> transitions) throws SQLException {
        if (transitions.isEmpty()) {
            return;
        }
        long seq = JdbcTransferFeed.take(connection, transitions.size());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transfer_event (transfer_id, version, at, state, actor, cause, seq)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (Transition transition : transitions) {
                Transfer after = transition.after();
                insert.setString(1, after.id().value());
                insert.setInt(2, after.version());
                insert.setLong(3, after.updatedAtMillis());
                insert.setString(4, after.state().code());
                insert.setString(5, transition.actor());
                insert.setString(6, transition.cause());
                insert.setLong(7, seq++);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
