package dev.rensa.wallet.store;

import dev.rensa.wallet.key.VaultRecord;
import dev.rensa.wallet.key.VaultStore;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** The vault, one row. */
public final class JdbcVaultStore implements VaultStore {

    private final Database database;

    public JdbcVaultStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<VaultRecord> load() {
        return database.queryOne(
                "SELECT source, salt, memory_kib, iterations, sealed_key FROM vault WHERE id = 1",
                statement -> {},
                row -> new VaultRecord(
                        row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), row.getString(5)));
    }

    @Override
    public boolean add(VaultRecord vault) {
        return database.write("the vault", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO vault (source, salt, memory_kib, iterations, sealed_key, id) SELECT ?, ?, ?, ?, ?, 1"
                            + " WHERE NOT EXISTS (SELECT 1 FROM wallet_secret) ON CONFLICT (id) DO NOTHING")) {
                set(insert, vault);
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean replace(VaultRecord former, VaultRecord next) {
        return database.write("the vault", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE vault SET source = ?, salt = ?, memory_kib = ?, iterations = ?, sealed_key = ?"
                            + " WHERE id = 1 AND sealed_key = ?")) {
                set(update, next);
                update.setString(6, former.sealedKey());
                return update.executeUpdate() == 1;
            }
        });
    }

    private static void set(PreparedStatement statement, VaultRecord vault) throws SQLException {
        statement.setString(1, vault.source());
        statement.setString(2, vault.salt());
        statement.setInt(3, vault.memoryKib());
        statement.setInt(4, vault.iterations());
        statement.setString(5, vault.sealedKey());
    }
}
