package dev.rensa.wallet.store;

import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Approvals in a table. */
public final class JdbcApprovalStore implements ApprovalStore {

    private static final String SELECT = "SELECT id, network, wallet_id, request, idempotency_key, request_hash, state,"
            + " requested_by, created_at, decided_by, decided_at, transfer_id, restored FROM approval";

    /** Waits, or was approved and became no transfer yet. */
    static final String OPEN =
            "state = '" + Approval.WAITING + "' OR (state = '" + Approval.APPROVED + "' AND transfer_id IS NULL)";

    private final Database database;

    public JdbcApprovalStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Approval approval, long sinceMillis) {
        return database.write("an approval", connection -> {
            lockPolicy(connection, approval.wallet());
            if (waiting(connection, approval.wallet(), sinceMillis) >= Approval.MAX_WAITING) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO approval (id, network, wallet_id, request, idempotency_key, request_hash, state,"
                            + " requested_by, created_at, restored) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, approval.id());
                insert.setString(2, approval.network());
                insert.setString(3, approval.wallet());
                insert.setString(4, approval.request());
                insert.setString(5, approval.idempotencyKey());
                insert.setString(6, approval.requestHash());
                insert.setString(7, approval.state());
                insert.setString(8, approval.requestedBy());
                insert.setLong(9, approval.createdAtMillis());
                insert.setInt(10, approval.restored() ? 1 : 0);
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
    public Optional<Approval> findByIdempotencyKey(String network, String wallet, String key) {
        return database.queryOne(
                SELECT + " WHERE network = ? AND wallet_id = ? AND idempotency_key = ?",
                statement -> {
                    statement.setString(1, network);
                    statement.setString(2, wallet);
                    statement.setString(3, key);
                },
                JdbcApprovalStore::read);
    }

    @Override
    public boolean approve(String id, String by, long atMillis) {
        return decide(Approval.APPROVED, id, by, atMillis, "state = '" + Approval.WAITING + "'");
    }

    @Override
    public boolean refuse(String id, String by, long atMillis) {
        return decide(Approval.REFUSED, id, by, atMillis, OPEN);
    }

    /**
     * Within the transaction that writes the transfer: an approval becomes one transfer, and none once it is refused.
     *
     * @return false if it is not approved, or became one before
     */
    static boolean became(Connection connection, String id, String transferId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE approval SET transfer_id = ? WHERE id = ? AND state = ? AND transfer_id IS NULL")) {
            update.setString(1, transferId);
            update.setString(2, id);
            update.setString(3, Approval.APPROVED);
            return update.executeUpdate() == 1;
        }
    }

    static boolean isApproved(Database database, String id) {
        return database.queryOne(
                        "SELECT 1 FROM approval WHERE id = ? AND state = ? AND transfer_id IS NULL",
                        statement -> {
                            statement.setString(1, id);
                            statement.setString(2, Approval.APPROVED);
                        },
                        row -> true)
                .isPresent();
    }

    @Override
    public void became(String id, String transferId) {
        database.write("an approval", connection -> became(connection, id, transferId));
    }

    @Override
    public List<Approval> listOpen(long sinceMillis, @Nullable String before, int limit) {
        return page("(" + OPEN + ") AND created_at > ?", sinceMillis, before, limit);
    }

    @Override
    public List<Approval> list(String state, @Nullable String before, int limit) {
        return page("state = ?", state, before, limit);
    }

    private List<Approval> page(String which, Object parameter, @Nullable String before, int limit) {
        String older =
                before == null ? "" : " AND (created_at, id) < (SELECT created_at, id FROM approval WHERE id = ?)";
        return database.query(
                SELECT + " WHERE " + which + older + " ORDER BY created_at DESC, id DESC LIMIT ?",
                statement -> {
                    int index = 1;
                    statement.setObject(index++, parameter);
                    if (before != null) {
                        statement.setString(index++, before);
                    }
                    statement.setInt(index, limit);
                },
                JdbcApprovalStore::read);
    }

    private boolean decide(String state, String id, String by, long atMillis, String condition) {
        return database.write("an approval", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE approval SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND (" + condition
                            + ")")) {
                update.setString(1, state);
                update.setString(2, by);
                update.setLong(3, atMillis);
                update.setString(4, id);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Two that are added at once are counted one after the other: what waits for approval has a policy. */
    private static void lockPolicy(Connection connection, String wallet) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE policy SET changes = changes + 1 WHERE wallet_id = ?")) {
            update.setString(1, wallet);
            update.executeUpdate();
        }
    }

    private static int waiting(Connection connection, String wallet, long sinceMillis) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(
                "SELECT COUNT(*) FROM approval WHERE wallet_id = ? AND state = ? AND created_at > ?")) {
            count.setString(1, wallet);
            count.setString(2, Approval.WAITING);
            count.setLong(3, sinceMillis);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static Approval read(ResultSet row) throws SQLException {
        return new Approval(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getString(10),
                NullableLong.get(row, 11),
                row.getString(12),
                row.getInt(13) != 0);
    }
}
