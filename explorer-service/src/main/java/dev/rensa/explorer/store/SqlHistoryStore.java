package dev.rensa.explorer.store;

import dev.rensa.explorer.history.Bounds;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** History in SQL that SQLite and PostgreSQL both take. */
public final class SqlHistoryStore implements HistoryStore {

    private static final List<String> TABLES = List.of("told", "seen_block", "passport_page");

    /** Rows of a table that one batch of forgetting looks at. */
    private static final int FORGET_AT_ONCE = 2_000;

    /** Rows of a table that a write forgets at most, beside twice those that it adds: what ages while little comes. */
    private static final int FORGET_BESIDE = 100;

    /** Most pages of one passport that are read: a bound on what a transaction that flaps for days costs. */
    private static final int MAX_PAGES = 500;

    private static final String ADD_ARRIVALS = """
            UPDATE seen_block SET arrivals = CASE WHEN length(arrivals) > length(?) THEN arrivals ELSE ? END
            WHERE network = ? AND hash = ?
            """;

    private static final String KEEP_BLOCK = """
            INSERT INTO seen_block (number, network, hash, parent, height, timestamp_millis, work, miner,
                transaction_count, time_millis, arrivals)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String NAME_NOTES = """
            INSERT INTO last_notes (id, notes) VALUES (1, ?)
            ON CONFLICT (id) DO UPDATE SET notes = excluded.notes WHERE last_notes.notes <> excluded.notes
            """;

    private static final String FORGET = """
            DELETE FROM {table} WHERE number IN (
                SELECT number FROM (SELECT number, time_millis FROM {table} ORDER BY number LIMIT ?) AS oldest
                WHERE time_millis < ? OR number <= ?)
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
    public long term() {
        return lease.term();
    }

    @Override
    public boolean keep(Notes notes, Bounds bounds, long term) {
        return database.write(connection -> {
            if (!lease.renew(connection, term)) {
                return false;
            }
            if (isNew(connection, notes)) {
                keepEvents(connection, notes);
                keepBlocks(connection, notes);
                keepStamps(connection, notes);
                forget(connection, "told", bounds, 2 * notes.events().size() + FORGET_BESIDE);
                forget(connection, "seen_block", bounds, 2 * notes.blocks().size() + FORGET_BESIDE);
                forget(connection, "passport_page", bounds, 2 * notes.stamps().size() + FORGET_BESIDE);
            }
            return true;
        });
    }

    /** Whether these are not the notes that were kept last; they are those now. */
    private static boolean isNew(Connection connection, Notes notes) throws SQLException {
        try (PreparedStatement name = connection.prepareStatement(NAME_NOTES)) {
            name.setString(1, notes.id());
            return name.executeUpdate() == 1;
        }
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
        List<TreeBlock> unknown = new ArrayList<>();
        for (TreeBlock block : notes.blocks()) {
            if (!addArrivals(connection, notes.network(), block)) {
                unknown.add(block);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(KEEP_BLOCK)) {
            for (TreeBlock block : unknown) {
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

    /** Returns whether the block is kept already. What is known of it grows: a tree that forgot arrivals takes none from here. */
    private static boolean addArrivals(Connection connection, BlockHash network, TreeBlock block) throws SQLException {
        String arrivals = HistoryJson.arrivals(block.arrivals());
        try (PreparedStatement add = connection.prepareStatement(ADD_ARRIVALS)) {
            add.setString(1, arrivals);
            add.setString(2, arrivals);
            add.setBytes(3, network.toBytes());
            add.setBytes(4, block.hash().toBytes());
            return add.executeUpdate() == 1;
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
    public int forget(Bounds bounds) {
        return database.write(connection -> {
            if (!lease.renew(connection)) {
                return 0;
            }
            int gone = 0;
            for (String table : TABLES) {
                gone += forget(connection, table, bounds, FORGET_AT_ONCE);
            }
            return gone;
        });
    }

    private static int forget(Connection connection, String table, Bounds bounds, int most) throws SQLException {
        long lastBeyond = lastNumber(connection, table) - bounds.rows();
        try (PreparedStatement forget = connection.prepareStatement(FORGET.replace("{table}", table))) {
            forget.setInt(1, most);
            forget.setLong(2, bounds.fromMillis());
            forget.setLong(3, lastBeyond);
            return forget.executeUpdate();
        }
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
    public Map<TransactionId, List<Stamp>> newestStamps(int pages) {
        Map<TransactionId, List<Stamp>> newest = new HashMap<>();
        database.query(
                        "SELECT id, stamps FROM passport_page ORDER BY number DESC LIMIT ?",
                        statement -> statement.setInt(1, pages),
                        row -> Map.entry(
                                TransactionId.of(row.getBytes("id")), HistoryJson.stamps(row.getString("stamps"))))
                .forEach(page -> newest.computeIfAbsent(page.getKey(), _ -> new ArrayList<>())
                        .addAll(page.getValue()));
        return newest;
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
