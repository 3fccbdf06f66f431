package dev.rensa.wallet.store;

import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.transfer.NoticeType;
import dev.rensa.wallet.webhook.Delivery;
import dev.rensa.wallet.webhook.Webhook;
import dev.rensa.wallet.webhook.WebhookStore;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Webhooks and their deliveries in two tables. */
public final class JdbcWebhookStore implements WebhookStore {

    private static final String SELECT = "SELECT id, label, url, types, wallet_id, position, created_at, created_by,"
            + " last_seq, last_at, last_result FROM webhook";

    private static final String SELECT_DELIVERY =
            "SELECT webhook_id, seq, state, attempts, next_at, last_at, last_result FROM webhook_delivery";

    private final Database database;

    public JdbcWebhookStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Webhook webhook, String sealedSecret) {
        return database.write("a webhook", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO webhook (id, label, url, sealed_secret, types, wallet_id, position, created_at,"
                            + " created_by) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?"
                            + " WHERE (SELECT COUNT(*) FROM webhook) < " + Webhook.MAX_WEBHOOKS)) {
                insert.setString(1, webhook.id());
                insert.setString(2, webhook.label());
                insert.setString(3, webhook.url().toString());
                insert.setString(4, sealedSecret);
                insert.setString(
                        5,
                        webhook.types().stream().sorted().map(NoticeType::code).collect(Collectors.joining(",")));
                insert.setString(
                        6, webhook.wallet() == null ? null : webhook.wallet().value());
                insert.setLong(7, webhook.position());
                insert.setLong(8, webhook.createdAtMillis());
                insert.setString(9, webhook.createdBy());
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean remove(String id) {
        return database.write("a webhook", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM webhook WHERE id = ?")) {
                delete.setString(1, id);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<Webhook> list() {
        return database.query(SELECT + " ORDER BY created_at, id", statement -> {}, JdbcWebhookStore::read);
    }

    @Override
    public Optional<Webhook> find(String id) {
        return database.queryOne(
                SELECT + " WHERE id = ?", statement -> statement.setString(1, id), JdbcWebhookStore::read);
    }

    @Override
    public Optional<String> sealedSecret(String id) {
        return database.queryOne(
                "SELECT sealed_secret FROM webhook WHERE id = ?",
                statement -> statement.setString(1, id),
                row -> row.getString(1));
    }

    @Override
    public void plan(Webhook webhook, List<Long> sequences, long position, long nowMillis) {
        database.write("deliveries", connection -> {
            if (!move(connection, webhook, position)) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO webhook_delivery (webhook_id, seq, state, attempts, next_at) VALUES (?, ?, ?, 0, ?)")) {
                for (long sequence : sequences) {
                    insert.setString(1, webhook.id());
                    insert.setLong(2, sequence);
                    insert.setString(3, Delivery.WAITING);
                    insert.setLong(4, nowMillis);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return true;
        });
    }

    @Override
    public int waiting(String webhook) {
        return database.queryOne(
                        "SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = ? AND state = ?",
                        statement -> {
                            statement.setString(1, webhook);
                            statement.setString(2, Delivery.WAITING);
                        },
                        row -> row.getInt(1))
                .orElse(0);
    }

    @Override
    public List<Delivery> claim(String webhook, long nowMillis, long untilMillis, int limit) {
        if (due(webhook, nowMillis, limit).isEmpty()) {
            return List.of();
        }
        return database.together("a webhook's turn", () -> {
            if (!database.write("a webhook's turn", connection -> turn(connection, webhook, nowMillis, untilMillis))) {
                return List.of();
            }
            // Asked again: whoever had the turn before may have told some of them meanwhile, or all.
            List<Delivery> due = due(webhook, nowMillis, limit);
            if (due.isEmpty()) {
                database.write("a webhook's turn", connection -> endTurn(connection, webhook, untilMillis));
            }
            return due;
        });
    }

    private List<Delivery> due(String webhook, long nowMillis, int limit) {
        return database.query(
                SELECT_DELIVERY + " WHERE webhook_id = ? AND state = ? AND next_at <= ? ORDER BY seq LIMIT ?",
                statement -> {
                    statement.setString(1, webhook);
                    statement.setString(2, Delivery.WAITING);
                    statement.setLong(3, nowMillis);
                    statement.setInt(4, limit);
                },
                JdbcWebhookStore::readDelivery);
    }

    @Override
    public void settle(
            String webhook,
            long untilMillis,
            List<Delivery> taken,
            List<Delivery> others,
            Optional<Webhook.Attempt> last) {
        database.write("deliveries", connection -> {
            boolean inTurn = endTurn(connection, webhook, untilMillis);
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM webhook_delivery WHERE webhook_id = ? AND seq = ?")) {
                for (Delivery delivery : taken) {
                    delete.setString(1, webhook);
                    delete.setLong(2, delivery.sequence());
                    delete.addBatch();
                }
                delete.executeBatch();
            }
            if (inTurn) {
                update(connection, webhook, others);
                if (last.isPresent()) {
                    note(connection, webhook, last.get());
                }
                if (others.stream().anyMatch(each -> each.state().equals(Delivery.DEAD))) {
                    forgetOldest(connection, webhook);
                }
            }
            return true;
        });
    }

    /** One replica at a time tells a webhook. */
    private static boolean turn(Connection connection, String webhook, long nowMillis, long untilMillis)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE webhook SET busy_until = ? WHERE id = ? AND busy_until <= ?")) {
            update.setLong(1, untilMillis);
            update.setString(2, webhook);
            update.setLong(3, nowMillis);
            return update.executeUpdate() == 1;
        }
    }

    private static boolean endTurn(Connection connection, String webhook, long untilMillis) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE webhook SET busy_until = 0 WHERE id = ? AND busy_until = ?")) {
            update.setString(1, webhook);
            update.setLong(2, untilMillis);
            return update.executeUpdate() == 1;
        }
    }

    @Override
    public List<Delivery> list(String webhook, String state, long after, int limit) {
        return database.query(
                SELECT_DELIVERY + " WHERE webhook_id = ? AND state = ? AND seq > ? ORDER BY seq LIMIT ?",
                statement -> {
                    statement.setString(1, webhook);
                    statement.setString(2, state);
                    statement.setLong(3, after);
                    statement.setInt(4, limit);
                },
                JdbcWebhookStore::readDelivery);
    }

    @Override
    public int revive(String webhook, long nowMillis) {
        return database.write("deliveries", connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE webhook_delivery SET state = ?,"
                    + " attempts = 0, next_at = ? WHERE webhook_id = ? AND state = ?")) {
                update.setString(1, Delivery.WAITING);
                update.setLong(2, nowMillis);
                update.setString(3, webhook);
                update.setString(4, Delivery.DEAD);
                return update.executeUpdate();
            }
        });
    }

    private static boolean move(Connection connection, Webhook webhook, long position) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE webhook SET position = ? WHERE id = ? AND position = ?")) {
            update.setLong(1, position);
            update.setString(2, webhook.id());
            update.setLong(3, webhook.position());
            return update.executeUpdate() == 1;
        }
    }

    private static void update(Connection connection, String webhook, List<Delivery> deliveries) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE webhook_delivery SET state = ?,"
                + " attempts = ?, next_at = ?, last_at = ?, last_result = ? WHERE webhook_id = ? AND seq = ?")) {
            for (Delivery delivery : deliveries) {
                update.setString(1, delivery.state());
                update.setInt(2, delivery.attempts());
                update.setLong(3, delivery.nextAtMillis());
                NullableLong.set(update, 4, delivery.lastAtMillis());
                update.setString(5, delivery.lastResult());
                update.setString(6, webhook);
                update.setLong(7, delivery.sequence());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void note(Connection connection, String webhook, Webhook.Attempt last) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE webhook SET last_seq = ?, last_at = ?, last_result = ? WHERE id = ?")) {
            update.setLong(1, last.sequence());
            update.setLong(2, last.atMillis());
            update.setString(3, last.result());
            update.setString(4, webhook);
            update.executeUpdate();
        }
    }

    private static void forgetOldest(Connection connection, String webhook) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM webhook_delivery WHERE webhook_id = ? AND state = ?"
                        + " AND seq <= (SELECT seq FROM webhook_delivery WHERE webhook_id = ? AND state = ?"
                        + " ORDER BY seq DESC LIMIT 1 OFFSET " + Delivery.MAX_DEAD + ")")) {
            delete.setString(1, webhook);
            delete.setString(2, Delivery.DEAD);
            delete.setString(3, webhook);
            delete.setString(4, Delivery.DEAD);
            delete.executeUpdate();
        }
    }

    private static Webhook read(ResultSet row) throws SQLException {
        String types = row.getString(4);
        String wallet = row.getString(5);
        String result = row.getString(11);
        return new Webhook(
                row.getString(1),
                row.getString(2),
                URI.create(row.getString(3)),
                types.isEmpty()
                        ? Set.of()
                        : Arrays.stream(types.split(",", -1))
                                .flatMap(type -> NoticeType.named(type).stream())
                                .collect(Collectors.toUnmodifiableSet()),
                wallet == null ? null : new WalletId(wallet),
                row.getLong(6),
                row.getLong(7),
                row.getString(8),
                result == null ? null : new Webhook.Attempt(row.getLong(9), row.getLong(10), result));
    }

    private static Delivery readDelivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getInt(4),
                row.getLong(5),
                NullableLong.get(row, 6),
                row.getString(7));
    }
}
