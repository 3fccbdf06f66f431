package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.TransferEvent;
import dev.rensa.wallet.transfer.TransferFeed;
import dev.rensa.wallet.transfer.TransferId;
import dev.rensa.wallet.transfer.TransferNotice;
import dev.rensa.wallet.transfer.TransferState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The audit log of all transfers by its numbers. They are taken from one row, whose lock is held from then to the commit:
 * numbers become visible in their order, also with several writers.
 */
public final class JdbcTransferFeed implements TransferFeed {

    private static final String SELECT =
            "SELECT seq, transfer_id, transfer_event.version, at, transfer_event.state, actor, cause,"
                    + " network, wallet_id, account_index, sender, kind, recipient, amount, fee, valid_until, memo,"
                    + " idempotency_key FROM transfer_event JOIN transfer ON transfer.id = transfer_id";

    private final Database database;

    public JdbcTransferFeed(Database database) {
        this.database = database;
    }

    /** Takes numbers for steps of the present transaction, as its last thing but for writing them; returns the first. */
    static long take(Connection connection, int count) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE event_counter SET last = last + ? WHERE id = 1 RETURNING last")) {
            update.setInt(1, count);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the counter of events is missing");
                }
                return row.getLong(1) - count + 1;
            }
        }
    }

    @Override
    public long last() {
        return database.queryOne("SELECT last FROM event_counter WHERE id = 1", statement -> {}, row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Page after(long sequence, Filter filter, int limit) {
        long upTo = Math.min(last(), sequence + MAX_SPAN);
        if (upTo <= sequence) {
            return new Page(List.of(), sequence);
        }
        List<String> wanted = wanted(filter);
        List<TransferNotice> notices = database.query(
                SELECT + " WHERE seq > ? AND seq <= ?" + conditions(filter) + " ORDER BY seq LIMIT ?",
                statement -> {
                    statement.setLong(1, sequence);
                    statement.setLong(2, upTo);
                    for (int i = 0; i < wanted.size(); i++) {
                        statement.setString(3 + i, wanted.get(i));
                    }
                    statement.setInt(3 + wanted.size(), limit);
                },
                JdbcTransferFeed::read);
        return new Page(
                notices, notices.size() < limit ? upTo : notices.getLast().sequence());
    }

    private static String conditions(Filter filter) {
        StringBuilder sql = new StringBuilder();
        if (filter.wallet() != null) {
            sql.append(" AND wallet_id = ?");
        }
        if (filter.transfer() != null) {
            sql.append(" AND transfer_id = ?");
        }
        if (!filter.states().isEmpty()) {
            sql.append(" AND transfer_event.state IN (")
                    .append(String.join(
                            ", ", Collections.nCopies(filter.states().size(), "?")))
                    .append(')');
        }
        return sql.toString();
    }

    private static List<String> wanted(Filter filter) {
        List<String> wanted = new ArrayList<>();
        if (filter.wallet() != null) {
            wanted.add(filter.wallet().value());
        }
        if (filter.transfer() != null) {
            wanted.add(filter.transfer().value());
        }
        filter.states().forEach(state -> wanted.add(state.code()));
        return wanted;
    }

    private static TransferNotice read(ResultSet row) throws SQLException {
        return new TransferNotice(
                row.getLong(1),
                new TransferEvent(
                        new TransferId(row.getString(2)),
                        row.getInt(3),
                        row.getLong(4),
                        TransferState.ofCode(row.getString(5)),
                        row.getString(6),
                        row.getString(7)),
                BlockHash.fromHex(row.getString(8)),
                new WalletId(row.getString(9)),
                row.getInt(10),
                PublicKey.fromHex(row.getString(11)),
                row.getString(12),
                new Order(
                        PublicKey.fromHex(row.getString(13)),
                        Amount.ofMon(row.getLong(14)),
                        Amount.ofMon(row.getLong(15)),
                        row.getLong(16),
                        row.getString(17)),
                row.getString(18));
    }
}
