package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.policy.Policy;
import dev.rensa.wallet.policy.PolicyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Policies, their recipients, and what was counted, in three tables. */
public final class JdbcPolicyStore implements PolicyStore {

    private final Database database;

    public JdbcPolicyStore(Database database) {
        this.database = database;
    }

    /** Limits and recipients by one statement: between two another policy may be set, and theirs would be mixed. */
    @Override
    public Optional<Policy> find(String wallet) {
        return database
                .query(
                        "SELECT max_transfer, max_day, approval_above, public_key FROM policy"
                                + " LEFT JOIN policy_recipient ON policy_recipient.wallet_id = policy.wallet_id"
                                + " WHERE policy.wallet_id = ?",
                        statement -> statement.setString(1, wallet),
                        row -> {
                            String recipient = row.getString(4);
                            return new Policy(
                                    NullableLong.get(row, 1),
                                    NullableLong.get(row, 2),
                                    NullableLong.get(row, 3),
                                    recipient == null ? Set.of() : Set.of(PublicKey.fromHex(recipient)));
                        })
                .stream()
                .reduce(JdbcPolicyStore::joined);
    }

    @Override
    public void save(String wallet, Policy policy) {
        database.write("the policy of wallet " + wallet, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO policy (wallet_id, max_transfer, max_day, approval_above, changes)"
                            + " VALUES (?, ?, ?, ?, 0) ON CONFLICT (wallet_id) DO UPDATE SET"
                            + " max_transfer = excluded.max_transfer, max_day = excluded.max_day,"
                            + " approval_above = excluded.approval_above")) {
                insert.setString(1, wallet);
                NullableLong.set(insert, 2, policy.maxTransfer());
                NullableLong.set(insert, 3, policy.maxDay());
                NullableLong.set(insert, 4, policy.approvalAbove());
                insert.executeUpdate();
            }
            update(connection, "DELETE FROM policy_recipient WHERE wallet_id = ?", wallet);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO policy_recipient (wallet_id, public_key) VALUES (?, ?)")) {
                for (PublicKey recipient : policy.recipients()) {
                    insert.setString(1, wallet);
                    insert.setString(2, recipient.toHex());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return true;
        });
    }

    @Override
    public Counted count(String name, String wallet, long cost, long maxDay, long nowMillis, long sinceMillis) {
        return database.write("what wallet " + wallet + " spends", connection -> {
            lock(connection, wallet);
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM policy_spend WHERE wallet_id = ? AND at <= ?")) {
                delete.setString(1, wallet);
                delete.setLong(2, sinceMillis);
                delete.executeUpdate();
            }
            Optional<Long> before = counted(connection, name);
            long more = Math.max(0, cost - before.orElse(0L));
            if (more > 0 && more > maxDay - spent(connection, wallet)) {
                return before.isPresent() ? Counted.SMALLER_BEFORE : Counted.BEYOND_THE_LIMIT;
            }
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO policy_spend (id, wallet_id, at, cost, holders) VALUES (?, ?, ?, ?, 1)"
                            + " ON CONFLICT (id) DO UPDATE SET cost = policy_spend.cost + ?,"
                            + " holders = policy_spend.holders + 1")) {
                upsert.setString(1, name);
                upsert.setString(2, wallet);
                upsert.setLong(3, nowMillis);
                upsert.setLong(4, cost);
                upsert.setLong(5, more);
                upsert.executeUpdate();
            }
            return Counted.YES;
        });
    }

    @Override
    public void release(String name) {
        database.write("what is not spent", connection -> {
            update(
                    connection,
                    "UPDATE policy SET changes = changes + 1"
                            + " WHERE wallet_id = (SELECT wallet_id FROM policy_spend WHERE id = ?)",
                    name);
            update(connection, "UPDATE policy_spend SET holders = holders - 1 WHERE id = ?", name);
            update(connection, "DELETE FROM policy_spend WHERE id = ? AND holders <= 0", name);
            return true;
        });
    }

    private static void lock(Connection connection, String wallet) throws SQLException {
        update(connection, "UPDATE policy SET changes = changes + 1 WHERE wallet_id = ?", wallet);
    }

    private static Optional<Long> counted(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT cost FROM policy_spend WHERE id = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static Policy joined(Policy first, Policy second) {
        Set<PublicKey> recipients = new HashSet<>(first.recipients());
        recipients.addAll(second.recipients());
        return new Policy(first.maxTransfer(), first.maxDay(), first.approvalAbove(), recipients);
    }

    private static long spent(Connection connection, String wallet) throws SQLException {
        try (PreparedStatement sum =
                connection.prepareStatement("SELECT SUM(cost) FROM policy_spend WHERE wallet_id = ?")) {
            sum.setString(1, wallet);
            try (ResultSet row = sum.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void update(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }
}
