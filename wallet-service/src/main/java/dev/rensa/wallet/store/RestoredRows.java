package dev.rensa.wallet.store;

import dev.rensa.wallet.transfer.Transfer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Marks what was open in a backup: transfers, each with a line in its audit log, and approvals. */
final class RestoredRows {

    private static final String HELD =
            "restored from a backup before it was signed: the wallet that the backup is of may"
                    + " have paid it since, so it waits to be found on the chain, released or cancelled";

    private static final String OPEN = "restored from a backup: where it stands is looked up on the chain";

    private RestoredRows() {}

    static void mark(Connection connection, long nowMillis) throws SQLException {
        noteWhereToLook(connection);
        hold(connection, nowMillis);
        try (PreparedStatement update = connection.prepareStatement("UPDATE transfer SET version = version + 1,"
                + " updated_at = ? WHERE state IN ('signed', 'submitted', 'mined')")) {
            update.setLong(1, nowMillis);
            update.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO transfer_event"
                + " (transfer_id, version, at, state, actor, cause, seq)"
                + " SELECT id, version, updated_at, state, 'wallet',"
                + " CASE WHEN state = 'requested' THEN '" + HELD + "' ELSE '" + OPEN + "' END,"
                + " (SELECT last FROM event_counter WHERE id = 1) + ROW_NUMBER() OVER (ORDER BY id) FROM transfer"
                + " WHERE state IN ('requested', 'signed', 'submitted', 'mined')")) {
            insert.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE event_counter SET epoch = ?,"
                + " last = (SELECT MAX(seq) FROM (SELECT seq FROM transfer_event"
                + " UNION ALL SELECT last FROM event_counter) AS numbers) WHERE id = 1")) {
            update.setLong(1, nowMillis);
            update.executeUpdate();
        }
        try (Statement update = connection.createStatement()) {
            update.executeUpdate("UPDATE approval SET restored = 1 WHERE " + JdbcApprovalStore.OPEN);
        }
    }

    /** Payments of what is held lie behind the blocks that the backup knew; of what was held before, where that began. */
    private static void noteWhereToLook(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE network SET held_from = CASE"
                + " WHEN held_from IS NOT NULL AND EXISTS (SELECT 1 FROM transfer WHERE transfer.network = network.hash"
                + " AND state = 'requested' AND reason_code = ?) THEN held_from"
                + " ELSE (SELECT COALESCE(MAX(height), 0) FROM followed_block WHERE followed_block.network = network.hash)"
                + " END")) {
            update.setString(1, Transfer.RESTORED);
            update.executeUpdate();
        }
    }

    /** A nonce that nothing was signed with is given back: the chain may have used it since. */
    private static void hold(Connection connection, long nowMillis) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE transfer SET state = 'requested',"
                + " nonce = NULL, version = version + 1, updated_at = ?, reason_code = ?, reason = ?"
                + " WHERE state IN ('requested', 'reserved')")) {
            update.setLong(1, nowMillis);
            update.setString(2, Transfer.RESTORED);
            update.setString(3, HELD);
            update.executeUpdate();
        }
    }
}
