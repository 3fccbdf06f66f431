package dev.rensa.explorer.store;

import dev.rensa.explorer.index.AccountEntry;
import dev.rensa.explorer.index.AccountEntry.Reward;
import dev.rensa.explorer.index.AccountEntry.Transfer;
import dev.rensa.explorer.index.AccountHistory;
import dev.rensa.explorer.index.IndexedAccount;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.index.IndexedTransaction;
import dev.rensa.protocol.crypto.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Merges an account's transactions and rewards by their place on the chain. */
public final class SqlAccountHistory implements AccountHistory {

    private static final String REWARDS = "SELECT " + Rows.BLOCK_COLUMNS
            + ", subsidy + fees AS reward FROM block WHERE miner = ? AND height > 0 AND height < ?"
            + " ORDER BY height DESC LIMIT ?";

    private final Database database;

    public SqlAccountHistory(Database database) {
        this.database = database;
    }

    private record Placed(long place, AccountEntry entry) {}

    @Override
    public Page page(PublicKey key, long before, int limit) {
        List<Placed> placed = database.read(connection -> entries(connection, key, before, limit));
        return new Page(
                placed.stream().map(Placed::entry).toList(),
                placed.isEmpty() ? END : placed.getLast().place());
    }

    @Override
    public Optional<Account> account(PublicKey key, int limit) {
        return database.read(connection -> {
            // First, as who begins the index anew has it.
            List<Long> height = Database.query(
                    connection, "SELECT height FROM index_cursor", _ -> {}, row -> row.getLong("height"));
            List<IndexedAccount> found = Database.query(
                    connection,
                    "SELECT * FROM account WHERE key = ?",
                    statement -> statement.setBytes(1, key.toBytes()),
                    Rows::account);
            if (height.isEmpty() || found.isEmpty()) {
                return Optional.empty();
            }
            List<AccountEntry> entries = entries(connection, key, END, limit + 1).stream()
                    .map(Placed::entry)
                    .toList();
            return Optional.of(new Account(
                    found.getFirst(),
                    height.getFirst(),
                    entries.stream().limit(limit).toList(),
                    entries.size() <= limit));
        });
    }

    private static List<Placed> entries(Connection connection, PublicKey key, long before, int limit)
            throws SQLException {
        List<Placed> entries = new ArrayList<>();
        for (IndexedTransaction mined : SqlChainQueries.transactionsOf(connection, key, before, limit)) {
            entries.add(new Placed(Place.of(mined.height(), mined.position()), new Transfer(mined)));
        }
        entries.addAll(rewards(connection, key, before, limit));
        return entries.stream()
                .sorted(Comparator.comparingLong(Placed::place).reversed())
                .limit(limit)
                .toList();
    }

    private static List<Placed> rewards(Connection connection, PublicKey key, long before, int limit)
            throws SQLException {
        return Database.query(
                connection,
                REWARDS,
                statement -> {
                    statement.setBytes(1, key.toBytes());
                    statement.setLong(2, before == END ? END : Place.height(before));
                    statement.setInt(3, limit);
                },
                row -> {
                    IndexedBlock block = Rows.block(row);
                    return new Placed(Place.ofReward(block.height()), new Reward(block, row.getLong("reward")));
                });
    }
}
