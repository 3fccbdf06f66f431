package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.transfer.LaneStore;
import dev.rensa.wallet.transfer.LostLeaseException;
import dev.rensa.wallet.transfer.ReplicaId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Replicas and their lanes in two tables. A replica is alive as long as its row is there; deleting the row deletes its lanes
 * with it. Its own writes lock that row, so a row is never deleted under a write, and no write comes behind its deletion.
 */
public final class JdbcLaneStore implements LaneStore {

    private final Database database;

    public JdbcLaneStore(Database database) {
        this.database = database;
    }

    /** Renews the lease within a write, or ends the write. */
    static void fence(Connection connection, Dialect dialect, ReplicaId replica) throws SQLException {
        if (!renew(connection, dialect, replica)) {
            throw new LostLeaseException(replica);
        }
    }

    @Override
    public boolean isShared() {
        return database.dialect().isShared();
    }

    @Override
    public void join(ReplicaId replica, Duration lease) {
        database.write("a replica", connection -> {
            if (isShared()) {
                buryExpired(connection);
            } else {
                try (PreparedStatement delete = connection.prepareStatement("DELETE FROM replica")) {
                    delete.executeUpdate();
                }
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO replica (id, lease_millis, expires_at) VALUES (?, ?, ? + "
                            + database.dialect().nowMillis() + ")")) {
                insert.setString(1, replica.value());
                insert.setLong(2, lease.toMillis());
                insert.setLong(3, lease.toMillis());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void leave(ReplicaId replica) {
        database.write("a replica", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM replica WHERE id = ?")) {
                delete.setString(1, replica.value());
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public boolean renew(ReplicaId replica) {
        return database.write("a lease", connection -> renew(connection, database.dialect(), replica));
    }

    @Override
    public void buryExpired() {
        database.write("leases", this::buryExpired);
    }

    @Override
    public void adopt(BlockHash network, ReplicaId replica) {
        database.write("lanes", connection -> {
            fence(connection, database.dialect(), replica);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lane (network, sender, holder)"
                    + " SELECT DISTINCT network, sender, CAST(? AS VARCHAR(36)) FROM transfer"
                    + " WHERE network = ? AND state IN ('requested', 'reserved', 'signed', 'submitted', 'mined')"
                    + " AND NOT EXISTS (SELECT 1 FROM lane"
                    + " WHERE lane.network = transfer.network AND lane.sender = transfer.sender)"
                    + " ON CONFLICT (network, sender) DO NOTHING")) {
                insert.setString(1, replica.value());
                insert.setString(2, network.toHex());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public Set<PublicKey> claim(BlockHash network, ReplicaId replica, Collection<PublicKey> senders) {
        return database.write("lanes", connection -> {
            fence(connection, database.dialect(), replica);
            Set<PublicKey> claimed = new HashSet<>();
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO lane (network, sender, holder) VALUES (?, ?, ?)"
                            + " ON CONFLICT (network, sender) DO NOTHING")) {
                // In one order everywhere: two replicas that claim the same lanes must not wait for each other.
                for (PublicKey sender : senders.stream()
                        .sorted(Comparator.comparing(PublicKey::toHex))
                        .toList()) {
                    insert.setString(1, network.toHex());
                    insert.setString(2, sender.toHex());
                    insert.setString(3, replica.value());
                    if (insert.executeUpdate() == 1) {
                        claimed.add(sender);
                    }
                }
            }
            return claimed;
        });
    }

    @Override
    public Set<PublicKey> held(BlockHash network, ReplicaId replica) {
        return Set.copyOf(database.query(
                "SELECT sender FROM lane WHERE network = ? AND holder = ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, replica.value());
                },
                row -> PublicKey.fromHex(row.getString(1))));
    }

    @Override
    public void release(BlockHash network, ReplicaId replica, Collection<PublicKey> senders) {
        database.write("lanes", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM lane WHERE network = ? AND sender = ? AND holder = ?")) {
                for (PublicKey sender : senders) {
                    delete.setString(1, network.toHex());
                    delete.setString(2, sender.toHex());
                    delete.setString(3, replica.value());
                    delete.addBatch();
                }
                return delete.executeBatch().length;
            }
        });
    }

    private int buryExpired(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM replica WHERE expires_at < " + database.dialect().nowMillis())) {
            return delete.executeUpdate();
        }
    }

    private static boolean renew(Connection connection, Dialect dialect, ReplicaId replica) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replica SET expires_at = lease_millis + " + dialect.nowMillis() + " WHERE id = ?")) {
            update.setString(1, replica.value());
            return update.executeUpdate() == 1;
        }
    }
}
