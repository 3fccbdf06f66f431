package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.WalletStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wallets and accounts in two tables. */
public final class JdbcWalletStore implements WalletStore {

    private static final String SELECT = "SELECT id, label, created_at, wallet_secret.wallet_id FROM wallet"
            + " LEFT JOIN wallet_secret ON wallet_secret.wallet_id = wallet.id";

    private final Database database;

    public JdbcWalletStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Wallet wallet, Optional<String> sealedSecret) {
        database.write("wallet " + wallet.id(), connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO wallet (id, label, created_at) VALUES (?, ?, ?)")) {
                insert.setString(1, wallet.id().value());
                insert.setString(2, wallet.label());
                insert.setLong(3, wallet.createdAtMillis());
                insert.executeUpdate();
            }
            if (sealedSecret.isPresent()) {
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO wallet_secret (wallet_id, sealed) VALUES (?, ?)")) {
                    insert.setString(1, wallet.id().value());
                    insert.setString(2, sealedSecret.get());
                    insert.executeUpdate();
                }
            }
            for (Account account : wallet.accounts()) {
                if (sealedSecret.isPresent()) {
                    takeOver(connection, account);
                }
                insert(connection, account);
            }
            return true;
        });
    }

    @Override
    public boolean addAccount(Account account) {
        return database.write("account " + account.index(), connection -> {
            takeOver(connection, account);
            return insert(connection, account) == 1;
        });
    }

    @Override
    public Optional<Wallet> find(WalletId id) {
        return database.queryOne(
                        SELECT + " WHERE id = ?",
                        statement -> statement.setString(1, id.value()),
                        JdbcWalletStore::read)
                .map(this::withAccounts);
    }

    @Override
    public Optional<WalletId> holderOf(PublicKey account) {
        return database.queryOne(
                "SELECT wallet_id FROM account WHERE public_key = ?",
                statement -> statement.setString(1, account.toHex()),
                row -> new WalletId(row.getString(1)));
    }

    @Override
    public Optional<WalletId> payerOf(PublicKey account) {
        return database.queryOne(
                "SELECT account.wallet_id FROM account JOIN wallet_secret"
                        + " ON wallet_secret.wallet_id = account.wallet_id WHERE public_key = ?",
                statement -> statement.setString(1, account.toHex()),
                row -> new WalletId(row.getString(1)));
    }

    @Override
    public List<Wallet> list(int offset, int limit) {
        return database
                .query(
                        SELECT + " ORDER BY created_at, id LIMIT ? OFFSET ?",
                        statement -> {
                            statement.setInt(1, limit);
                            statement.setInt(2, offset);
                        },
                        JdbcWalletStore::read)
                .stream()
                .map(this::withAccounts)
                .toList();
    }

    @Override
    public Optional<String> sealedSecret(WalletId id) {
        return database.queryOne(
                "SELECT sealed FROM wallet_secret WHERE wallet_id = ?",
                statement -> statement.setString(1, id.value()),
                row -> row.getString(1));
    }

    @Override
    public void rename(WalletId id, String label) {
        database.write("wallet " + id, connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE wallet SET label = ? WHERE id = ?")) {
                update.setString(1, label);
                update.setString(2, id.value());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void rename(WalletId id, int index, @Nullable String label) {
        database.write("account " + index, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE account SET label = ? WHERE wallet_id = ? AND account_index = ?")) {
                update.setString(1, label);
                update.setString(2, id.value());
                update.setInt(3, index);
                return update.executeUpdate();
            }
        });
    }

    private static Wallet read(ResultSet row) throws SQLException {
        return new Wallet(
                new WalletId(row.getString(1)), row.getString(2), row.getLong(3), row.getString(4) == null, List.of());
    }

    private Wallet withAccounts(Wallet wallet) {
        List<Account> accounts = database.query(
                "SELECT account_index, public_key, created_at, label FROM account WHERE wallet_id = ? ORDER BY account_index",
                statement -> statement.setString(1, wallet.id().value()),
                row -> new Account(
                        wallet.id(),
                        row.getInt(1),
                        PublicKey.fromHex(row.getString(2)),
                        row.getLong(3),
                        row.getString(4)));
        return new Wallet(wallet.id(), wallet.label(), wallet.createdAtMillis(), wallet.watchOnly(), accounts);
    }

    /** An account belongs to one wallet: to the one that can pay from it, and not to the one that watched it. */
    private static void takeOver(Connection connection, Account account) throws SQLException {
        Optional<String> watcher = watcher(connection, account.key());
        if (watcher.isEmpty()) {
            return;
        }
        execute(
                connection,
                "DELETE FROM account WHERE public_key = ?",
                account.key().toHex());
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE received_payment SET wallet_id = ?, account_index = ? WHERE recipient = ?")) {
            update.setString(1, account.wallet().value());
            update.setInt(2, account.index());
            update.setString(3, account.key().toHex());
            update.executeUpdate();
        }
        String unlessItWatchesMore = " AND NOT EXISTS (SELECT 1 FROM account WHERE account.wallet_id = ";
        for (String table : List.of("policy_recipient", "policy_spend", "policy")) {
            execute(
                    connection,
                    "DELETE FROM " + table + " WHERE wallet_id = ?" + unlessItWatchesMore + table + ".wallet_id)",
                    watcher.get());
        }
        execute(connection, "DELETE FROM wallet WHERE id = ?" + unlessItWatchesMore + "wallet.id)", watcher.get());
    }

    private static Optional<String> watcher(Connection connection, PublicKey key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT wallet_id FROM account WHERE public_key = ?"
                + " AND wallet_id NOT IN (SELECT wallet_id FROM wallet_secret)")) {
            query.setString(1, key.toHex());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void execute(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }

    private static int insert(Connection connection, Account account) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO account (wallet_id, account_index, public_key, created_at, label) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (wallet_id, account_index) DO NOTHING")) {
            insert.setString(1, account.wallet().value());
            insert.setInt(2, account.index());
            insert.setString(3, account.key().toHex());
            insert.setLong(4, account.createdAtMillis());
            insert.setString(5, account.label());
            return insert.executeUpdate();
        }
    }
}
