package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.received.ReceivedState;
import dev.rensa.wallet.transfer.Notice;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.transfer.Order;
import dev.rensa.wallet.transfer.ReceivedNotice;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The steps of transfers and received payments by their numbers. They are taken from one row, whose lock is held from then to the commit:
 * numbers become visible in their order, also with several writers.
 */
public final class JdbcTransferFeed implements TransferFeed {

    private static final String SELECT =
            "SELECT seq, transfer_id, transfer_event.version, at, transfer_event.state, actor, cause,"
                    + " network, wallet_id, account_index, sender, kind, recipient, amount, fee, valid_until, memo,"
                    + " idempotency_key FROM transfer_event JOIN transfer ON transfer.id = transfer_id";

    /** Of the payment what never changes, and of the step what was so then. */
    private static final String SELECT_RECEIVED = "SELECT seq, at, received_event.network, id, kind, wallet_id,"
            + " account_index, recipient, sender, amount, memo, received_event.height, received_event.position,"
            + " received_event.block, received_event.block_at, received_event.state, received_event.version"
            + " FROM received_event JOIN received_payment ON received_payment.network = received_event.network"
            + " AND received_payment.id = payment_id";

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
    public long epoch() {
        return database.queryOne("SELECT epoch FROM event_counter WHERE id = 1", statement -> {}, row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Page after(long sequence, Filter filter, int limit) {
        long upTo = Math.min(last(), sequence + MAX_SPAN);
        if (upTo <= sequence) {
            return new Page(List.of(), sequence);
        }
        List<Notice> notices = Stream.<Notice>concat(
                        transfers(sequence, upTo, filter, limit).stream(),
                        received(sequence, upTo, filter, limit).stream())
                .sorted(Comparator.comparingLong(Notice::sequence))
                .limit(limit)
                .toList();
        return new Page(
                notices, notices.size() < limit ? upTo : notices.getLast().sequence());
    }

    private List<TransferNotice> transfers(long above, long upTo, Filter filter, int limit) {
        Wanted wanted = new Wanted();
        wanted.among("transfer_event.state", filter, NoticeType::transferState, TransferState::code);
        if (filter.wallet() != null) {
            wanted.is("wallet_id", filter.wallet().value());
        }
        if (filter.transfer() != null) {
            wanted.is("transfer_id", filter.transfer().value());
        }
        return query(SELECT, above, upTo, wanted, limit, JdbcTransferFeed::read);
    }

    private List<ReceivedNotice> received(long above, long upTo, Filter filter, int limit) {
        Wanted wanted = new Wanted();
        wanted.among("received_event.state", filter, NoticeType::receivedState, ReceivedState::code);
        if (filter.wallet() != null) {
            wanted.is("wallet_id", filter.wallet().value());
        }
        if (filter.transfer() != null) {
            return List.of();
        }
        return query(
                SELECT_RECEIVED,
                above,
                upTo,
                wanted,
                limit,
                row -> new ReceivedNotice(row.getLong(1), row.getLong(2), ReceivedRows.read(row, 3)));
    }

    private <T> List<T> query(String select, long above, long upTo, Wanted wanted, int limit, Database.Row<T> row) {
        return wanted.isNothing
                ? List.of()
                : database.query(
                        select + " WHERE seq > ? AND seq <= ?" + wanted.sql + " ORDER BY seq LIMIT ?",
                        statement -> {
                            statement.setLong(1, above);
                            statement.setLong(2, upTo);
                            for (int i = 0; i < wanted.values.size(); i++) {
                                statement.setString(3 + i, wanted.values.get(i));
                            }
                            statement.setInt(3 + wanted.values.size(), limit);
                        },
                        row);
    }

    /** Conditions of a question, and the values in them. */
    private static final class Wanted {
        private final StringBuilder sql = new StringBuilder();
        private final List<String> values = new ArrayList<>();
        private boolean isNothing;

        void is(String column, String value) {
            sql.append(" AND ").append(column).append(" = ?");
            values.add(value);
        }

        /** States of one kind of step, if there are such among the wanted types. */
        <S> void among(
                String column, Filter filter, Function<NoticeType, Optional<S>> stateOf, Function<S, String> codeOf) {
            if (filter.types().isEmpty()) {
                return;
            }
            List<String> states = filter.types().stream()
                    .map(stateOf)
                    .flatMap(Optional::stream)
                    .map(codeOf)
                    .toList();
            isNothing = states.isEmpty();
            sql.append(" AND ")
                    .append(column)
                    .append(" IN (")
                    .append(String.join(", ", Collections.nCopies(states.size(), "?")))
                    .append(')');
            values.addAll(states);
        }
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
