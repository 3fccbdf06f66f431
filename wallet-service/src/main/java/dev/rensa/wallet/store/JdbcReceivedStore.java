package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.received.ReceivedPayment;
import dev.rensa.wallet.received.ReceivedStore;
import dev.rensa.wallet.received.Search;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was received, as it can be read. {@link IncomeWriter} writes it. */
public final class JdbcReceivedStore implements ReceivedStore {

    private static final String SELECT = "SELECT " + ReceivedRows.COLUMNS + " FROM received_payment";

    private final Database database;

    public JdbcReceivedStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<PublicKey, Account> owners(Collection<PublicKey> keys) {
        String places = String.join(", ", Collections.nCopies(keys.size(), "?"));
        return database
                .query(
                        "SELECT wallet_id, account_index, public_key, created_at, label FROM account"
                                + " WHERE public_key IN (" + places + ")",
                        statement -> {
                            int place = 1;
                            for (PublicKey key : keys) {
                                statement.setString(place++, key.toHex());
                            }
                        },
                        row -> new Account(
                                new WalletId(row.getString(1)),
                                row.getInt(2),
                                PublicKey.fromHex(row.getString(3)),
                                row.getLong(4),
                                row.getString(5)))
                .stream()
                .collect(Collectors.toMap(Account::key, Function.identity()));
    }

    @Override
    public List<ReceivedPayment> list(
            BlockHash network,
            WalletId wallet,
            @Nullable PublicKey account,
            @Nullable ReceivedPayment before,
            int limit) {
        return database.query(
                SELECT + " WHERE network = ? AND " + (account == null ? "wallet_id" : "recipient") + " = ?"
                        + (before == null ? "" : " AND (height, position, id) < (?, ?, ?)")
                        + " ORDER BY height DESC, position DESC, id DESC LIMIT ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, account == null ? wallet.value() : account.toHex());
                    statement.setInt(before == null ? 3 : setPlace(statement, before), limit);
                },
                row -> ReceivedRows.read(row, 1));
    }

    private static int setPlace(PreparedStatement statement, ReceivedPayment before) throws SQLException {
        statement.setLong(3, before.height());
        statement.setInt(4, before.position());
        statement.setString(5, before.id().toHex());
        return 6;
    }

    @Override
    public Optional<Search> search(BlockHash network) {
        return database.queryOne(
                "SELECT request, next_height, end_height FROM received_search WHERE network = ?",
                statement -> statement.setString(1, network.toHex()),
                row -> {
                    long end = row.getLong(3);
                    Long fixed = row.wasNull() ? null : end;
                    return new Search(row.getLong(1), row.getLong(2), fixed);
                });
    }

    @Override
    public void requestSearch(BlockHash network) {
        request("VALUES (?, 1, " + Search.FIRST_HEIGHT + ")", upsert -> upsert.setString(1, network.toHex()));
    }

    @Override
    public void requestSearches() {
        // Without the condition SQLite would take what follows for a join's.
        request("SELECT hash, 1, " + Search.FIRST_HEIGHT + " FROM network WHERE TRUE", upsert -> {});
    }

    private void request(String rows, Database.Parameters parameters) {
        database.write("a search", connection -> {
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO received_search (network, request, next_height) " + rows
                            + " ON CONFLICT (network) DO UPDATE SET request = received_search.request + 1,"
                            + " next_height = excluded.next_height, end_height = NULL")) {
                parameters.set(upsert);
                return upsert.executeUpdate();
            }
        });
    }

    @Override
    public boolean hasAccounts() {
        return database.queryOne("SELECT 1 FROM account LIMIT 1", statement -> {}, row -> 1)
                .isPresent();
    }

    @Override
    public Optional<ReceivedPayment> find(BlockHash network, WalletId wallet, Hash id) {
        return database.queryOne(
                SELECT + " WHERE network = ? AND id = ? AND wallet_id = ?",
                statement -> {
                    statement.setString(1, network.toHex());
                    statement.setString(2, id.toHex());
                    statement.setString(3, wallet.value());
                },
                row -> ReceivedRows.read(row, 1));
    }
}
