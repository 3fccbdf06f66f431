package dev.rensa.explorer.store;

import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.ReorganisationStore;
import dev.rensa.protocol.crypto.BlockHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Reorganisations in SQL that SQLite and PostgreSQL both take. */
public final class SqlReorganisationStore implements ReorganisationStore {

    private static final String INSERT = """
            INSERT INTO reorganisation (network, time_millis, node_key, node, fork, fork_height, from_tip, to_tip,
                to_height, depth, returned)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private static final String FORGET = """
            DELETE FROM reorganisation WHERE network = ? AND time_millis <
                (SELECT time_millis FROM reorganisation WHERE network = ? ORDER BY time_millis DESC LIMIT 1 OFFSET ?)
            """;

    private final Database database;

    public SqlReorganisationStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Reorganisation found) {
        database.write(connection -> {
            insert(connection, found);
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setBytes(1, found.network().toBytes());
                forget.setBytes(2, found.network().toBytes());
                forget.setInt(3, MAX_KEPT - 1);
                return forget.executeUpdate();
            }
        });
    }

    private static void insert(Connection connection, Reorganisation found) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setBytes(1, found.network().toBytes());
            insert.setLong(2, found.timeMillis());
            insert.setString(3, found.nodeKey());
            insert.setString(4, found.node());
            insert.setBytes(5, found.fork().toBytes());
            insert.setLong(6, found.forkHeight());
            insert.setBytes(7, found.from().toBytes());
            insert.setBytes(8, found.to().toBytes());
            insert.setLong(9, found.toHeight());
            insert.setInt(10, found.depth());
            insert.setObject(11, found.returned(), Types.INTEGER);
            insert.executeUpdate();
        }
    }

    @Override
    public List<Reorganisation> before(BlockHash network, long timeMillis, String nodeKey, int limit) {
        return database.query(
                "SELECT * FROM reorganisation WHERE network = ? AND (time_millis, node_key) < (?, ?)"
                        + " ORDER BY time_millis DESC, node_key DESC LIMIT ?",
                statement -> {
                    statement.setBytes(1, network.toBytes());
                    statement.setLong(2, timeMillis);
                    statement.setString(3, nodeKey);
                    statement.setInt(4, limit);
                },
                SqlReorganisationStore::read);
    }

    private static Reorganisation read(ResultSet row) throws SQLException {
        int returned = row.getInt("returned");
        boolean unknown = row.wasNull();
        return new Reorganisation(
                BlockHash.of(row.getBytes("network")),
                row.getString("node_key"),
                row.getString("node"),
                row.getLong("time_millis"),
                BlockHash.of(row.getBytes("fork")),
                row.getLong("fork_height"),
                BlockHash.of(row.getBytes("from_tip")),
                BlockHash.of(row.getBytes("to_tip")),
                row.getLong("to_height"),
                row.getInt("depth"),
                unknown ? null : returned);
    }
}
