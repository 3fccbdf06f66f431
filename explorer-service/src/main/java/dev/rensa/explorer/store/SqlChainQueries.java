package dev.rensa.explorer.store;

import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedMiner;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The index's questions in SQL that SQLite and PostgreSQL both answer. */
public final class SqlChainQueries implements ChainQueries {

    private static final String BLOCKS = "SELECT " + Rows.BLOCK_COLUMNS + " FROM block ";
    private static final String TRANSACTIONS = "SELECT " + Rows.TRANSACTION_COLUMNS
            + " FROM transfer t JOIN block b ON b.height = t.place >> " + Place.POSITION_BITS + " ";

    /** Each side is read from its own index, so a page costs as much in a long history as in a short one. */
    private static final String HISTORY_PLACES = """
            SELECT place FROM (
                SELECT * FROM (
                    SELECT place FROM transfer
                    WHERE substr(raw, 6, 8) = ? AND place < ? AND substr(raw, 6, 32) = ?
                    ORDER BY place DESC LIMIT ?) AS sent
                UNION
                SELECT * FROM (
                    SELECT place FROM transfer
                    WHERE substr(raw, 46, 8) = ? AND place < ? AND substr(raw, 46, 32) = ?
                    ORDER BY place DESC LIMIT ?) AS received
            ) AS places ORDER BY place DESC LIMIT ?
            """;

    private static final String HISTORY =
            TRANSACTIONS + "WHERE t.place IN (" + HISTORY_PLACES + ") ORDER BY t.place DESC";

    private static final String MINERS = """
            SELECT miner, COUNT(*) AS blocks, SUM((subsidy + fees) >> 32) AS rewards_high,
                SUM((subsidy + fees) & 4294967295) AS rewards_low, MAX(height) AS last_height
            FROM block WHERE height >= ? AND height > 0
            GROUP BY miner ORDER BY blocks DESC, miner LIMIT ?
            """;

    private static final int HEX_DIGITS = 64;
    private static final int ORDER_DIGITS = 16;

    private final Database database;
    private volatile @Nullable ReadGenesis readGenesis;

    private record ReadGenesis(BlockHash network, Genesis genesis) {}

    public SqlChainQueries(Database database) {
        this.database = database;
    }

    @Override
    public Optional<IndexCursor> cursor() {
        Optional<ReadGenesis> known = genesis();
        return known.flatMap(read -> database.queryOne(
                "SELECT height, hash, work FROM index_cursor WHERE network = ?",
                statement -> statement.setBytes(1, read.network().toBytes()),
                row -> new IndexCursor(
                        read.network(),
                        read.genesis(),
                        row.getLong("height"),
                        BlockHash.of(row.getBytes("hash")),
                        Work.fromBytes(row.getBytes("work")))));
    }

    /** A genesis may name a million allocations; it is read anew only when the network is another one. */
    private Optional<ReadGenesis> genesis() {
        Optional<BlockHash> network = database.queryOne(
                "SELECT network FROM index_cursor", _ -> {}, row -> BlockHash.of(row.getBytes("network")));
        ReadGenesis last = readGenesis;
        if (last != null && network.isPresent() && network.get().equals(last.network())) {
            return Optional.of(last);
        }
        Optional<ReadGenesis> read = database.queryOne(
                "SELECT network, genesis FROM index_cursor",
                _ -> {},
                row -> new ReadGenesis(
                        BlockHash.of(row.getBytes("network")), GenesisDocument.parse(row.getString("genesis"))));
        read.ifPresent(genesis -> readGenesis = genesis);
        return read;
    }

    @Override
    public Optional<IndexedBlock> block(BlockHash hash) {
        return database.queryOne(
                BLOCKS + "WHERE hash = ?", statement -> statement.setBytes(1, hash.toBytes()), Rows::block);
    }

    @Override
    public Optional<IndexedBlock> blockAt(long height) {
        return database.queryOne(BLOCKS + "WHERE height = ?", statement -> statement.setLong(1, height), Rows::block);
    }

    @Override
    public List<IndexedBlock> blocksDown(long fromHeight, int limit) {
        return database.query(
                BLOCKS + "WHERE height <= ? ORDER BY height DESC LIMIT ?",
                statement -> {
                    statement.setLong(1, fromHeight);
                    statement.setInt(2, limit);
                },
                Rows::block);
    }

    @Override
    public Optional<IndexedTransaction> transaction(TransactionId id) {
        return database
                .query(
                        TRANSACTIONS + "WHERE t.id_order = ?",
                        statement -> statement.setLong(1, Rows.order(id)),
                        Rows::transaction)
                .stream()
                .filter(found -> found.transaction().id().equals(id))
                .findFirst();
    }

    @Override
    public List<IndexedTransaction> transactionsIn(long height, int fromPosition, int limit) {
        return database.query(
                TRANSACTIONS + "WHERE t.place >= ? AND t.place < ? ORDER BY t.place LIMIT ?",
                statement -> {
                    statement.setLong(1, Place.of(height, fromPosition));
                    statement.setLong(2, Place.of(height + 1, 0));
                    statement.setInt(3, limit);
                },
                Rows::transaction);
    }

    @Override
    public List<IndexedTransaction> latestTransactions(int limit) {
        return database.query(
                TRANSACTIONS + "ORDER BY t.place DESC LIMIT ?",
                statement -> statement.setInt(1, limit),
                Rows::transaction);
    }

    @Override
    public Optional<IndexedAccount> account(PublicKey key) {
        return database.queryOne(
                "SELECT * FROM account WHERE key = ?",
                statement -> statement.setBytes(1, key.toBytes()),
                Rows::account);
    }

    @Override
    public List<IndexedTransaction> transactionsOf(PublicKey key, @Nullable IndexedTransaction after, int limit) {
        long below = after == null ? Long.MAX_VALUE : Place.of(after.height(), after.position());
        return database.read(connection -> transactionsOf(connection, key, below, limit));
    }

    static List<IndexedTransaction> transactionsOf(Connection connection, PublicKey key, long below, int limit)
            throws SQLException {
        return Database.query(
                connection,
                HISTORY,
                statement -> {
                    int next = 1;
                    for (int side = 0; side < 2; side++) {
                        statement.setBytes(next++, Rows.prefix(key));
                        statement.setLong(next++, below);
                        statement.setBytes(next++, key.toBytes());
                        statement.setInt(next++, limit);
                    }
                    statement.setInt(next, limit);
                },
                Rows::transaction);
    }

    @Override
    public List<IndexedBlock> blocksMinedBy(PublicKey key, long belowHeight, int limit) {
        return database.query(
                BLOCKS + "WHERE miner = ? AND height > 0 AND height < ? ORDER BY height DESC LIMIT ?",
                statement -> {
                    statement.setBytes(1, key.toBytes());
                    statement.setLong(2, belowHeight);
                    statement.setInt(3, limit);
                },
                Rows::block);
    }

    @Override
    public List<IndexedMiner> miners(long fromHeight, int limit) {
        return database.query(
                MINERS,
                statement -> {
                    statement.setLong(1, fromHeight);
                    statement.setInt(2, limit);
                },
                Rows::miner);
    }

    @Override
    public List<IndexedBlock> blocksByPrefix(String hexPrefix, int limit) {
        return database.query(
                BLOCKS + "WHERE hash BETWEEN ? AND ? ORDER BY hash LIMIT ?",
                statement -> {
                    statement.setBytes(1, bytes(hexPrefix, '0'));
                    statement.setBytes(2, bytes(hexPrefix, 'f'));
                    statement.setInt(3, limit);
                },
                Rows::block);
    }

    @Override
    public List<TransactionId> transactionsByPrefix(String hexPrefix, int limit) {
        return database
                .query(
                        "SELECT raw FROM transfer WHERE id_order BETWEEN ? AND ? ORDER BY id_order LIMIT ?",
                        statement -> {
                            statement.setLong(1, Rows.order(TransactionId.of(bytes(hexPrefix, '0'))));
                            statement.setLong(2, Rows.order(TransactionId.of(bytes(hexPrefix, 'f'))));
                            statement.setInt(3, limit);
                        },
                        row -> Transaction.decode(row.getBytes("raw")).id())
                .stream()
                .filter(id -> hexPrefix.length() <= ORDER_DIGITS || id.toHex().startsWith(hexPrefix))
                .toList();
    }

    @Override
    public List<PublicKey> accountsBetween(PublicKey lowest, PublicKey highest, int limit) {
        return database.query(
                "SELECT key FROM account WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?",
                statement -> {
                    statement.setBytes(1, lowest.toBytes());
                    statement.setBytes(2, highest.toBytes());
                    statement.setInt(3, limit);
                },
                row -> PublicKey.of(row.getBytes("key")));
    }

    private static byte[] bytes(String hexPrefix, char fill) {
        return HexFormat.of().parseHex(hexPrefix + String.valueOf(fill).repeat(HEX_DIGITS - hexPrefix.length()));
    }
}
