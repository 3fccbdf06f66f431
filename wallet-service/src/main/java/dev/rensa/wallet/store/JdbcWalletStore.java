package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.Wallet;
import dev.rensa.wallet.key.WalletId;
import dev.rensa.wallet.key.WalletStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Wallets and accounts in two tables. */
public final class JdbcWalletStore implements WalletStore {

    private final Database database;

    public JdbcWalletStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Wallet wallet, String sealedEntropy) {
        database.write("wallet " + wallet.id(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO wallet (id, label, sealed_entropy, created_at) VALUES (?, ?, ?, ?)")) {
                insert.setString(1, wallet.id().value());
                insert.setString(2, wallet.label());
                insert.setString(3, sealedEntropy);
                insert.setLong(4, wallet.createdAtMillis());
                insert.executeUpdate();
            }
            for (Account account : wallet.accounts()) {
                insert(connection, account);
            }
            return true;
        });
    }

    @Override
    public boolean addAccount(Account account) {
        return database.write("account " + account.index(), connection -> insert(connection, account) == 1);
    }

    @Override
    public Optional<Wallet> find(WalletId id) {
        return database.queryOne(
                        "SELECT id, label, created_at FROM wallet WHERE id = ?",
                        statement -> statement.setString(1, id.value()),
                        row -> new Wallet(new WalletId(row.getString(1)), row.getString(2), row.getLong(3), List.of()))
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
    public List<Wallet> list(int offset, int limit) {
        return database
                .query(
                        "SELECT id, label, created_at FROM wallet ORDER BY created_at, id LIMIT ? OFFSET ?",
                        statement -> {
                            statement.setInt(1, limit);
                            statement.setInt(2, offset);
                        },
                        row -> new Wallet(new WalletId(row.getString(1)), row.getString(2), row.getLong(3), List.of()))
                .stream()
                .map(this::withAccounts)
                .toList();
    }

    @Override
    public Optional<String> sealedEntropy(WalletId id) {
        return database.queryOne(
                "SELECT sealed_entropy FROM wallet WHERE id = ?",
                statement -> statement.setString(1, id.value()),
                row -> row.getString(1));
    }

    private Wallet withAccounts(Wallet wallet) {
        List<Account> accounts = database.query(
                "SELECT account_index, public_key, created_at FROM account WHERE wallet_id = ? ORDER BY account_index",
                statement -> statement.setString(1, wallet.id().value()),
                row -> new Account(wallet.id(), row.getInt(1), PublicKey.fromHex(row.getString(2)), row.getLong(3)));
        return new Wallet(wallet.id(), wallet.label(), wallet.createdAtMillis(), accounts);
    }

    private static int insert(Connection connection, Account account) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO account (wallet_id, account_index, public_key, created_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (wallet_id, account_index) DO NOTHING")) {
            insert.setString(1, account.wallet().value());
            insert.setInt(2, account.index());
            insert.setString(3, account.key().toHex());
            insert.setLong(4, account.createdAtMillis());
            return insert.executeUpdate();
        }
    }
}
