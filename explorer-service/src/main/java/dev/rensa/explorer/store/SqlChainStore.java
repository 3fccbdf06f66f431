package dev.rensa.explorer.store;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.ChainStore;
import dev.rensa.explorer.index.ConnectedBlock;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Writes the index in SQL that SQLite and PostgreSQL both take. One thread writes. */
public final class SqlChainStore implements ChainStore {

    /** In the order in which questions touch them, so that emptying them and a question never wait for each other. */
    private static final List<String> TABLES = List.of("index_cursor", "transfer", "block", "account");

    /** Rows of what is taken back that are held at once: a deep reorganisation may be of a million. */
    private static final int ROWS_AT_ONCE = 1_000;

    private final Database database;
    private final ChainQueries queries;
    private final WriterLease lease;

    /** A store that writes while it holds the lease. */
    public SqlChainStore(Database database, ChainQueries queries, WriterLease lease) {
        this.database = database;
        this.queries = queries;
        this.lease = lease;
    }

    @Override
    public boolean mayWrite() {
        return lease.isMine();
    }

    @Override
    public Optional<IndexCursor> cursor() {
        return queries.cursor();
    }

    @Override
    public Optional<BlockHash> hashAt(long height) {
        return queries.blockAt(height).map(IndexedBlock::hash);
    }

    @Override
    public Optional<Work> workAt(long height) {
        return queries.blockAt(height).map(IndexedBlock::work);
    }

    @Override
    public boolean begin(Genesis genesis, boolean ordered) {
        return database.write(connection -> {
            if (!ordered && !lease.renew(connection)) {
                return false;
            }
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.executeUpdate(database.dialect().emptyTable() + table);
                }
            }
            AccountChanges changes = new AccountChanges();
            for (Allocation allocation : genesis.allocations()) {
                changes.allocated(allocation.account(), allocation.amount().mon());
            }
            changes.add(connection);
            Block block0 = genesis.block0();
            ConnectedBlock first =
                    new ConnectedBlock(block0, Work.ofTarget(block0.header().target()), Amount.ZERO);
            insertBlocks(connection, List.of(first));
            insertCursor(connection, genesis, first);
            return true;
        });
    }

    @Override
    public boolean advance(IndexCursor from, long keepHeight, List<ConnectedBlock> blocks) {
        return database.write(connection -> {
            // First, so that of two explorers on one database the second waits here and then finds it moved.
            if (!lease.renew(connection) || !moveCursor(connection, from, blocks.getLast())) {
                return false;
            }
            if (keepHeight < from.height()) {
                takeBack(connection, keepHeight);
            }
            insertBlocks(connection, blocks);
            insertTransactions(connection, blocks);
            AccountChanges changes = new AccountChanges();
            blocks.forEach(block -> sum(block, changes));
            changes.add(connection);
            return true;
        });
    }

    private static void sum(ConnectedBlock connected, AccountChanges changes) {
        changes.mined(
                connected.block().header().miner(),
                Math.addExact(connected.subsidy().mon(), connected.feesMon()));
        connected.block().transactions().forEach(changes::transfer);
    }

    private static void takeBack(Connection connection, long keepHeight) throws SQLException {
        AccountChanges changes = new AccountChanges();
        long firstPlace = Place.of(keepHeight + 1, 0);
        select(
                connection,
                "SELECT raw FROM transfer WHERE place >= ?",
                firstPlace,
                row -> changes.transfer(Transaction.decode(row.getBytes(1))));
        select(
                connection,
                "SELECT miner, subsidy + fees FROM block WHERE height > ?",
                keepHeight,
                row -> changes.mined(PublicKey.of(row.getBytes(1)), row.getLong(2)));
        changes.takeBack(connection);
        delete(connection, "DELETE FROM transfer WHERE place >= ?", firstPlace);
        delete(connection, "DELETE FROM block WHERE height > ?", keepHeight);
    }

    private static void select(Connection connection, String sql, long from, RowConsumer consumer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, from);
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(rows);
                }
            }
        }
    }

    private static void delete(Connection connection, String sql, long from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, from);
            statement.executeUpdate();
        }
    }

    private static void insertBlocks(Connection connection, List<ConnectedBlock> blocks) throws SQLException {
        String sql = "INSERT INTO block (height, hash, header, timestamp_millis, miner, work, subsidy, fees, size,"
                + " transaction_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (ConnectedBlock connected : blocks) {
                BlockHeader header = connected.block().header();
                insert.setLong(1, header.height());
                insert.setBytes(2, connected.block().hash().toBytes());
                insert.setBytes(3, header.toBytes());
                insert.setLong(4, header.timestampMillis());
                insert.setBytes(5, header.miner().toBytes());
                insert.setBytes(6, connected.work().toBytes());
                insert.setLong(7, connected.subsidy().mon());
                insert.setLong(8, connected.feesMon());
                insert.setInt(9, connected.block().size());
                insert.setInt(10, connected.block().transactions().size());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertTransactions(Connection connection, List<ConnectedBlock> blocks) throws SQLException {
        String sql = "INSERT INTO transfer (place, id_order, raw) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (ConnectedBlock connected : blocks) {
                int position = 0;
                for (Transaction transaction : connected.block().transactions()) {
                    insert.setLong(1, Place.of(connected.block().height(), position++));
                    insert.setLong(2, Rows.order(transaction.id()));
                    insert.setBytes(3, transaction.toBytes());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static void insertCursor(Connection connection, Genesis genesis, ConnectedBlock first) throws SQLException {
        String sql = "INSERT INTO index_cursor (id, network, genesis, height, hash, work) VALUES (1, ?, ?, 0, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, first.block().hash().toBytes());
            insert.setString(2, GenesisDocument.of(genesis).toJson());
            insert.setBytes(3, first.block().hash().toBytes());
            insert.setBytes(4, first.work().toBytes());
            insert.executeUpdate();
        }
    }

    private static boolean moveCursor(Connection connection, IndexCursor from, ConnectedBlock to) throws SQLException {
        String sql = "UPDATE index_cursor SET height = ?, hash = ?, work = ? WHERE network = ? AND hash = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, to.block().height());
            update.setBytes(2, to.block().hash().toBytes());
            update.setBytes(3, to.work().toBytes());
            update.setBytes(4, from.network().toBytes());
            update.setBytes(5, from.hash().toBytes());
            return update.executeUpdate() == 1;
        }
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
