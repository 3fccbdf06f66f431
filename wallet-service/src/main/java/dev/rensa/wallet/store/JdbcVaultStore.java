package dev.rensa.wallet.store;

import dev.rensa.wallet.key.VaultRecord;
import dev.rensa.wallet.key.VaultStore;
import java.sql.PreparedStatement;
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
        return write(
                "INSERT INTO vault (source, salt, memory_kib, iterations, sealed_key, id) VALUES (?, ?, ?, ?, ?, 1)"
                        + " ON CONFLICT (id) DO NOTHING",
                vault);
    }

    @Override
    public void replace(VaultRecord vault) {
        write(
                "UPDATE vault SET source = ?, salt = ?, memory_kib = ?, iterations = ?, sealed_key = ? WHERE id = 1",
                vault);
    }

    private boolean write(String sql, VaultRecord vault) {
        return database.write("the vault", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, vault.source());
                insert.setString(2, vault.salt());
                insert.setInt(3, vault.memoryKib());
                insert.setInt(4, vault.iterations());
                insert.setString(5, vault.sealedKey());
                return insert.executeUpdate() == 1;
            }
        });
    }
}
