package dev.rensa.explorer.store;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The index's questions in SQL that SQLite and PostgreSQL both answer. */
public final class SqlChainQueries implements ChainQueries {

    private static final String BLOCKS = "SELECT " + Rows.BLOCK_COLUMNS + " FROM block ";
    private static final String TRANSACTIONS =
            "SELECT " + Rows.TRANSACTION_COLUMNS + " FROM transfer t JOIN block b ON b.height = t.height ";

    /** Each side is read from its own index, so a page costs as much in a long history as in a short one. */
    private static final String HISTORY_PLACES = """
            SELECT height, position FROM (
                SELECT * FROM (
                    SELECT height, position FROM transfer
                    WHERE sender = ? AND (height, position) < (?, ?)
                    ORDER BY height DESC, position DESC LIMIT ?) AS sent
                UNION
                SELECT * FROM (
                    SELECT height, position FROM transfer
                    WHERE recipient = ? AND (height, position) < (?, ?)
                    ORDER BY height DESC, position DESC LIMIT ?) AS received
            ) AS places ORDER BY height DESC, position DESC LIMIT ?
            """;

    private static final String HISTORY = "SELECT " + Rows.TRANSACTION_COLUMNS + " FROM (" + HISTORY_PLACES
            + ") AS p JOIN transfer t ON t.height = p.height AND t.position = p.position"
            + " JOIN block b ON b.height = t.height ORDER BY t.height DESC, t.position DESC";

    private static final int HEX_DIGITS = 64;

    private final DataSource dataSource;
    private volatile @Nullable ReadGenesis readGenesis;

    private record ReadGenesis(BlockHash network, Genesis genesis) {}

    public SqlChainQueries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<IndexCursor> cursor() {
        Optional<ReadGenesis> known = genesis();
        return known.flatMap(read -> one(
                "SELECT height, hash, work FROM index_cursor WHERE network = ?",
                statement -> statement.setBytes(1, read.network().toBytes()),
                row -> new IndexCursor(
                        read.network(),
                        read.genesis(),
                        row.getLong("height"),
                        BlockHash.of(row.getBytes("hash")),
                        Rows.work(row))));
    }

    /** A genesis may name a million allocations; it is read anew only when the network is another one. */
    private Optional<ReadGenesis> genesis() {
        Optional<BlockHash> network =
                one("SELECT network FROM index_cursor", _ -> {}, row -> BlockHash.of(row.getBytes("network")));
        ReadGenesis last = readGenesis;
        if (last != null && network.isPresent() && network.get().equals(last.network())) {
            return Optional.of(last);
        }
        Optional<ReadGenesis> read = one(
                "SELECT network, genesis FROM index_cursor",
                _ -> {},
                row -> new ReadGenesis(
                        BlockHash.of(row.getBytes("network")), GenesisDocument.parse(row.getString("genesis"))));
        read.ifPresent(genesis -> readGenesis = genesis);
        return read;
    }

    @Override
    public Optional<IndexedBlock> block(BlockHash hash) {
        return one(BLOCKS + "WHERE hash = ?", statement -> statement.setBytes(1, hash.toBytes()), Rows::block);
    }

    @Override
    public Optional<IndexedBlock> blockAt(long height) {
        return one(BLOCKS + "WHERE height = ?", statement -> statement.setLong(1, height), Rows::block);
    }

    @Override
    public List<IndexedBlock> blocksDown(long fromHeight, int limit) {
        return all(
                BLOCKS + "WHERE height <= ? ORDER BY height DESC LIMIT ?",
                statement -> {
                    statement.setLong(1, fromHeight);
                    statement.setInt(2, limit);
                },
                Rows::block);
    }

    @Override
    public Optional<IndexedTransaction> transaction(TransactionId id) {
        return one(
                TRANSACTIONS + "WHERE t.id = ?", statement -> statement.setBytes(1, id.toBytes()), Rows::transaction);
    }

    @Override
    public List<IndexedTransaction> transactionsIn(long height, int fromPosition, int limit) {
        return all(
                TRANSACTIONS + "WHERE t.height = ? AND t.position >= ? ORDER BY t.position LIMIT ?",
                statement -> {
                    statement.setLong(1, height);
                    statement.setInt(2, fromPosition);
                    statement.setInt(3, limit);
                },
                Rows::transaction);
    }

    @Override
    public List<IndexedTransaction> latestTransactions(int limit) {
        return all(
                TRANSACTIONS + "ORDER BY t.height DESC, t.position DESC LIMIT ?",
                statement -> statement.setInt(1, limit),
                Rows::transaction);
    }

    @Override
    public Optional<IndexedAccount> account(PublicKey key) {
        return one(
                "SELECT * FROM account WHERE key = ?",
                statement -> statement.setBytes(1, key.toBytes()),
                Rows::account);
    }

    @Override
    public List<IndexedTransaction> transactionsOf(PublicKey key, @Nullable IndexedTransaction after, int limit) {
        long height = after == null ? Long.MAX_VALUE : after.height();
        int position = after == null ? Integer.MAX_VALUE : after.position();
        return all(
                HISTORY,
                statement -> {
                    int next = 1;
                    for (int side = 0; side < 2; side++) {
                        statement.setBytes(next++, key.toBytes());
                        statement.setLong(next++, height);
                        statement.setInt(next++, position);
                        statement.setInt(next++, limit);
                    }
                    statement.setInt(next, limit);
                },
                Rows::transaction);
    }

    @Override
    public List<IndexedBlock> blocksByPrefix(String hexPrefix, int limit) {
        return all(
                BLOCKS + "WHERE hash BETWEEN ? AND ? ORDER BY hash LIMIT ?",
                statement -> bindPrefix(statement, hexPrefix, limit),
                Rows::block);
    }

    @Override
    public List<TransactionId> transactionsByPrefix(String hexPrefix, int limit) {
        return all(
                "SELECT id FROM transfer WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
                statement -> bindPrefix(statement, hexPrefix, limit),
                row -> TransactionId.of(row.getBytes("id")));
    }

    private static void bindPrefix(PreparedStatement statement, String hexPrefix, int limit) throws SQLException {
        String rest = hexPrefix.length() < HEX_DIGITS ? "0".repeat(HEX_DIGITS - hexPrefix.length()) : "";
        statement.setBytes(1, HexFormat.of().parseHex(hexPrefix + rest));
        statement.setBytes(2, HexFormat.of().parseHex(hexPrefix + rest.replace('0', 'f')));
        statement.setInt(3, limit);
    }

    private <T> Optional<T> one(String sql, Binder binder, RowReader<T> reader) {
        return all(sql, binder, reader).stream().findFirst();
    }

    private <T> List<T> all(String sql, Binder binder, RowReader<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IndexStoreException("the explorer's database does not answer: " + e.getMessage(), e);
        }
    }

    private interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
