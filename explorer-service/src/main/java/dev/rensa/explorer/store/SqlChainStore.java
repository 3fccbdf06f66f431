package dev.rensa.explorer.store;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.ChainStore;
import dev.rensa.explorer.index.ConnectedBlock;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.genesis.Allocation;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Memo;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Writes the index in SQL that SQLite and PostgreSQL both take. One thread writes. */
public final class SqlChainStore implements ChainStore {

    private static final List<String> TABLES = List.of("index_cursor", "transfer", "block", "account");

    private final DataSource dataSource;
    private final ChainQueries queries;

    public SqlChainStore(DataSource dataSource, ChainQueries queries) {
        this.dataSource = dataSource;
        this.queries = queries;
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
    public void begin(Genesis genesis) {
        inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.executeUpdate("DELETE FROM " + table);
                }
            }
            AccountChanges changes = new AccountChanges();
            for (Allocation allocation : genesis.allocations()) {
                changes.allocated(allocation.account(), allocation.amount().mon());
            }
            changes.add(connection);
            Block block0 = genesis.block0();
            Work work = Work.ofTarget(block0.header().target());
            insertBlocks(connection, List.of(new ConnectedBlock(block0, work, Amount.ZERO)));
            insertCursor(connection, genesis, block0, work);
        });
    }

    @Override
    public void advance(long keepHeight, List<ConnectedBlock> blocks) {
        inTransaction(connection -> {
            takeBack(connection, keepHeight);
            insertBlocks(connection, blocks);
            insertTransactions(connection, blocks);
            AccountChanges changes = new AccountChanges();
            for (ConnectedBlock connected : blocks) {
                Block block = connected.block();
                changes.mined(
                        block.header().miner(),
                        Math.addExact(connected.subsidy().mon(), connected.feesMon()));
                for (Transaction transaction : block.transactions()) {
                    changes.transfer(
                            transaction.sender(),
                            transaction.recipient(),
                            transaction.amount().mon(),
                            transaction.fee().mon());
                }
            }
            changes.add(connection);
            moveCursor(connection);
        });
    }

    private static void takeBack(Connection connection, long keepHeight) throws SQLException {
        AccountChanges changes = new AccountChanges();
        select(
                connection,
                "SELECT sender, recipient, amount, fee FROM transfer WHERE height > ?",
                keepHeight,
                row -> changes.transfer(
                        PublicKey.of(row.getBytes(1)), PublicKey.of(row.getBytes(2)), row.getLong(3), row.getLong(4)));
        select(
                connection,
                "SELECT miner, subsidy + fees FROM block WHERE height > ?",
                keepHeight,
                row -> changes.mined(PublicKey.of(row.getBytes(1)), row.getLong(2)));
        changes.takeBack(connection);
        for (String table : List.of("transfer", "block")) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE height > ?")) {
                delete.setLong(1, keepHeight);
                delete.executeUpdate();
            }
        }
    }

    private static void select(Connection connection, String sql, long height, RowConsumer consumer)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, height);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(rows);
                }
            }
        }
    }

    private static void insertBlocks(Connection connection, List<ConnectedBlock> blocks) throws SQLException {
        String sql = "INSERT INTO block (" + Rows.BLOCK_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (ConnectedBlock connected : blocks) {
                BlockHeader header = connected.block().header();
                insert.setLong(1, header.height());
                insert.setBytes(2, connected.block().hash().toBytes());
                insert.setBytes(3, header.parent().toBytes());
                insert.setBytes(4, header.transactionsRoot().toBytes());
                insert.setBytes(5, header.stateRoot().toBytes());
                insert.setLong(6, header.timestampMillis());
                insert.setString(7, header.target().toHex());
                insert.setBytes(8, header.miner().toBytes());
                insert.setLong(9, header.nonce());
                insert.setString(10, connected.work().toString());
                insert.setLong(11, connected.subsidy().mon());
                insert.setLong(12, connected.feesMon());
                insert.setInt(13, connected.block().size());
                insert.setInt(14, connected.block().transactions().size());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertTransactions(Connection connection, List<ConnectedBlock> blocks) throws SQLException {
        String sql = "INSERT INTO transfer (height, position, id, sender, nonce, recipient, amount, fee, valid_until,"
                + " memo, signature, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (ConnectedBlock connected : blocks) {
                int position = 0;
                for (Transaction transaction : connected.block().transactions()) {
                    insert.setLong(1, connected.block().height());
                    insert.setInt(2, position++);
                    insert.setBytes(3, transaction.id().toBytes());
                    insert.setBytes(4, transaction.sender().toBytes());
                    insert.setLong(5, transaction.nonce());
                    insert.setBytes(6, transaction.recipient().toBytes());
                    insert.setLong(7, transaction.amount().mon());
                    insert.setLong(8, transaction.fee().mon());
                    insert.setLong(9, transaction.validUntil());
                    insert.setBytes(10, Memo.encode(transaction.memo()));
                    insert.setBytes(11, transaction.signature().toBytes());
                    insert.setInt(12, transaction.size());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static void insertCursor(Connection connection, Genesis genesis, Block block0, Work work)
            throws SQLException {
        String sql = "INSERT INTO index_cursor (id, network, genesis, height, hash, work) VALUES (1, ?, ?, 0, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, block0.hash().toBytes());
            insert.setString(2, GenesisDocument.of(genesis).toJson());
            insert.setBytes(3, block0.hash().toBytes());
            insert.setString(4, work.toString());
            insert.executeUpdate();
        }
    }

    private static void moveCursor(Connection connection) throws SQLException {
        String sql = """
                UPDATE index_cursor SET
                    height = (SELECT height FROM block ORDER BY height DESC LIMIT 1),
                    hash = (SELECT hash FROM block ORDER BY height DESC LIMIT 1),
                    work = (SELECT work FROM block ORDER BY height DESC LIMIT 1)
                """;
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void inTransaction(Change change) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                change.make(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IndexStoreException("the explorer's database cannot be written: " + e.getMessage(), e);
        }
    }

    private interface Change {
        void make(Connection connection) throws SQLException;
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
