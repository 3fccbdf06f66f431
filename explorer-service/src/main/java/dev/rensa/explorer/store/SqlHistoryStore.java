package dev.rensa.explorer.store;

import dev.rensa.explorer.history.HistoryStore;
import dev.rensa.explorer.history.Notes;
import dev.rensa.explorer.history.Told;
import dev.rensa.explorer.passport.Stamp;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.work.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** History in SQL that SQLite and PostgreSQL both take. */
public final class SqlHistoryStore implements HistoryStore {

    private static final List<String> TABLES = List.of("told", "seen_block", "passport_page");

    /** Rows of a table that one batch of forgetting looks at. */
    private static final int FORGET_AT_ONCE = 2_000;

    /** Most pages of one passport that are read: a bound on what a transaction that flaps for days costs. */
    private static final int MAX_PAGES = 500;

    /** What is known of a block grows: a tree that has forgotten some arrivals does not take them from here. */
    private static final String KEEP_BLOCK = """
            INSERT INTO seen_block (number, network, hash, parent, height, timestamp_millis, work, miner,
                transaction_count, time_millis, arrivals)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (network, hash) DO UPDATE SET arrivals = excluded.arrivals
            WHERE length(excluded.arrivals) >= length(seen_block.arrivals)
            """;

    private static final String FORGET = """
            DELETE FROM {table} WHERE number IN (
                SELECT number FROM (SELECT number, time_millis FROM {table} ORDER BY number LIMIT ?) AS oldest
                WHERE time_millis < ? OR number <= (SELECT MAX(number) FROM {table}) - ?)
            """;

    private static final String TOLD = """
            SELECT number, time_millis, name, json FROM told
            WHERE network = ? AND time_millis >= ? AND time_millis <= ? AND (time_millis > ? OR number > ?) AND name <> ?
            ORDER BY time_millis, number LIMIT ?
            """;

    private static final String KEYFRAME = """
            SELECT number, time_millis, name, json FROM told
            WHERE network = ? AND time_millis <= ? AND name = ? ORDER BY time_millis DESC, number DESC LIMIT 1
            """;

    private final Database database;
    private final WriterLease lease;

    /** A store that writes while it holds the lease. */
    public SqlHistoryStore(Database database, WriterLease lease) {
        this.database = database;
        this.lease = lease;
    }

    @Override
    public boolean mayWrite() {
        return lease.isMine();
    }

    @Override
    public boolean keep(Notes notes) {
        return database.write(connection -> {
            if (!lease.renew(connection)) {
                return false;
            }
            keepEvents(connection, notes);
            keepBlocks(connection, notes);
            keepStamps(connection, notes);
            return true;
        });
    }

    private static long lastNumber(Connection connection, String table) throws SQLException {
        return Database.query(connection, "SELECT MAX(number) FROM " + table, _ -> {}, row -> row.getLong(1))
                .getFirst();
    }

    private static void keepEvents(Connection connection, Notes notes) throws SQLException {
        long number = lastNumber(connection, "told");
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO told (number, network, time_millis, name, json) VALUES (?, ?, ?, ?, ?)")) {
            for (Told event : notes.events()) {
                insert.setLong(1, ++number);
                insert.setBytes(2, notes.network().toBytes());
                insert.setLong(3, event.timeMillis());
                insert.setString(4, event.name());
                insert.setString(5, event.json());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void keepBlocks(Connection connection, Notes notes) throws SQLException {
        long number = lastNumber(connection, "seen_block");
        try (PreparedStatement insert = connection.prepareStatement(KEEP_BLOCK)) {
            for (TreeBlock block : notes.blocks()) {
                insert.setLong(1, ++number);
                insert.setBytes(2, notes.network().toBytes());
                insert.setBytes(3, block.hash().toBytes());
                insert.setBytes(4, block.parent().toBytes());
                insert.setLong(5, block.height());
                insert.setLong(6, block.timestampMillis());
                insert.setBytes(7, block.work().toBytes());
                insert.setString(8, block.miner());
                insert.setInt(9, block.transactionCount());
                insert.setLong(10, notes.timeMillis());
                insert.setString(11, HistoryJson.arrivals(block.arrivals()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void keepStamps(Connection connection, Notes notes) throws SQLException {
        long number = lastNumber(connection, "passport_page");
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO passport_page (number, id_order, id, time_millis, stamps) VALUES (?, ?, ?, ?, ?)")) {
            for (Map.Entry<TransactionId, List<Stamp>> page : notes.stamps().entrySet()) {
                insert.setLong(1, ++number);
                insert.setLong(2, Rows.order(page.getKey()));
                insert.setBytes(3, page.getKey().toBytes());
                insert.setLong(4, notes.timeMillis());
                insert.setString(5, HistoryJson.stamps(page.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public int forget(long beforeMillis, long maxRows) {
        return database.write(connection -> {
            if (!lease.renew(connection)) {
                return 0;
            }
            int gone = 0;
            for (String table : TABLES) {
                try (PreparedStatement forget = connection.prepareStatement(FORGET.replace("{table}", table))) {
                    forget.setInt(1, FORGET_AT_ONCE);
                    forget.setLong(2, beforeMillis);
                    forget.setLong(3, maxRows);
                    gone += forget.executeUpdate();
                }
            }
            return gone;
        });
    }

    @Override
    public long newestMillis(BlockHash network) {
        return database.queryOne(
                        "SELECT time_millis FROM told WHERE network = ? ORDER BY time_millis DESC LIMIT 1",
                        statement -> statement.setBytes(1, network.toBytes()),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Optional<Long> oldestMillis(BlockHash network) {
        return database.queryOne(
                "SELECT time_millis FROM told WHERE network = ? ORDER BY time_millis LIMIT 1",
                statement -> statement.setBytes(1, network.toBytes()),
                row -> row.getLong(1));
    }

    @Override
    public Optional<Told> keyframe(BlockHash network, long atMillis) {
        return database.queryOne(
                KEYFRAME,
                statement -> {
                    statement.setBytes(1, network.toBytes());
                    statement.setLong(2, atMillis);
                    statement.setString(3, Told.KEYFRAME);
                },
                SqlHistoryStore::told);
    }

    @Override
    public List<Told> told(BlockHash network, long fromMillis, long toMillis, long after, int limit) {
        return database.query(
                TOLD,
                statement -> {
                    statement.setBytes(1, network.toBytes());
                    statement.setLong(2, fromMillis);
                    statement.setLong(3, toMillis);
                    statement.setLong(4, fromMillis);
                    statement.setLong(5, after);
                    statement.setString(6, Told.KEYFRAME);
                    statement.setInt(7, limit);
                },
                SqlHistoryStore::told);
    }

    private static Told told(ResultSet row) throws SQLException {
        return new Told(
                row.getLong("number"), row.getLong("time_millis"), row.getString("name"), row.getString("json"));
    }

    @Override
    public List<TreeBlock> blocks(BlockHash network, long lowest, long highest, int limit) {
        return database.query(
                "SELECT * FROM seen_block WHERE network = ? AND height BETWEEN ? AND ?"
                        + " ORDER BY height DESC, number DESC LIMIT ?",
                statement -> {
                    statement.setBytes(1, network.toBytes());
                    statement.setLong(2, lowest);
                    statement.setLong(3, highest);
                    statement.setInt(4, limit);
                },
                SqlHistoryStore::block);
    }

    @Override
    public Optional<TreeBlock> block(BlockHash network, BlockHash hash) {
        return database.queryOne(
                "SELECT * FROM seen_block WHERE network = ? AND hash = ?",
                statement -> {
                    statement.setBytes(1, network.toBytes());
                    statement.setBytes(2, hash.toBytes());
                },
                SqlHistoryStore::block);
    }

    private static TreeBlock block(ResultSet row) throws SQLException {
        return new TreeBlock(
                BlockHash.of(row.getBytes("hash")),
                BlockHash.of(row.getBytes("parent")),
                row.getLong("height"),
                row.getLong("timestamp_millis"),
                Work.fromBytes(row.getBytes("work")),
                row.getString("miner"),
                row.getInt("transaction_count"),
                HistoryJson.arrivals(row.getString("arrivals")));
    }

    @Override
    public List<Stamp> stamps(TransactionId id) {
        return database
                .query(
                        "SELECT stamps FROM passport_page WHERE id_order = ? AND id = ? ORDER BY number LIMIT ?",
                        statement -> {
                            statement.setLong(1, Rows.order(id));
                            statement.setBytes(2, id.toBytes());
                            statement.setInt(3, MAX_PAGES);
                        },
                        row -> HistoryJson.stamps(row.getString("stamps")))
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
