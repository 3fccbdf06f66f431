package dev.rensa.wallet.store;

import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Approvals in a table. */
public final class JdbcApprovalStore implements ApprovalStore {

    private static final String SELECT = "SELECT id, wallet_id, request, idempotency_key, request_hash, state,"
            + " requested_by, created_at, decided_by, decided_at, transfer_id FROM approval";

    private final Database database;

    public JdbcApprovalStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Approval approval) {
        return database.write("an approval", connection -> {
            lockPolicy(connection, approval.wallet());
            if (waiting(connection, approval.wallet()) >= Approval.MAX_WAITING) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO approval (id, wallet_id, request, idempotency_key, request_hash, state, requested_by,"
                            + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, approval.id());
                insert.setString(2, approval.wallet());
                insert.setString(3, approval.request());
                insert.setString(4, approval.idempotencyKey());
                insert.setString(5, approval.requestHash());
                insert.setString(6, approval.state());
                insert.setString(7, approval.requestedBy());
                insert.setLong(8, approval.createdAtMillis());
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<Approval> find(String id) {
        return database.queryOne(
                SELECT + " WHERE id = ?", statement -> statement.setString(1, id), JdbcApprovalStore::read);
    }

    @Override
    public Optional<Approval> findByIdempotencyKey(String wallet, String key) {
        return database.queryOne(
                SELECT + " WHERE wallet_id = ? AND idempotency_key = ?",
                statement -> {
                    statement.setString(1, wallet);
                    statement.setString(2, key);
                },
                JdbcApprovalStore::read);
    }

    @Override
    public boolean decide(String id, String state, String by, long atMillis) {
        return database.write("an approval", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE approval SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = ?")) {
                update.setString(1, state);
                update.setString(2, by);
                update.setLong(3, atMillis);
                update.setString(4, id);
                update.setString(5, Approval.WAITING);
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void became(String id, String transferId) {
        database.write("an approval", connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE approval SET transfer_id = ? WHERE id = ?")) {
                update.setString(1, transferId);
                update.setString(2, id);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public List<Approval> listOpen(int limit) {
        return database.query(
                SELECT + " WHERE state = ? OR (state = ? AND transfer_id IS NULL) ORDER BY created_at DESC, id LIMIT ?",
                statement -> {
                    statement.setString(1, Approval.WAITING);
                    statement.setString(2, Approval.APPROVED);
                    statement.setInt(3, limit);
                },
                JdbcApprovalStore::read);
    }

    @Override
    public List<Approval> list(String state, int limit) {
        return database.query(
                SELECT + " WHERE state = ? ORDER BY created_at DESC, id LIMIT ?",
                statement -> {
                    statement.setString(1, state);
                    statement.setInt(2, limit);
                },
                JdbcApprovalStore::read);
    }

    /** Two that are added at once are counted one after the other: what waits for approval has a policy. */
    private static void lockPolicy(Connection connection, String wallet) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE policy SET changes = changes + 1 WHERE wallet_id = ?")) {
            update.setString(1, wallet);
            update.executeUpdate();
        }
    }

    private static int waiting(Connection connection, String wallet) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("SELECT COUNT(*) FROM approval WHERE wallet_id = ? AND state = ?")) {
            count.setString(1, wallet);
            count.setString(2, Approval.WAITING);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static Approval read(ResultSet row) throws SQLException {
        long decidedAt = row.getLong(10);
        boolean decided = !row.wasNull();
        return new Approval(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getString(9),
                decided ? decidedAt : null,
                row.getString(11));
    }
}
