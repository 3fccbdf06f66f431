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
    public void save(VaultRecord vault) {
        database.write("the vault", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO vault (id, source, salt, memory_kib, iterations, sealed_key) VALUES (1, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET source = excluded.source, salt = excluded.salt,"
                            + " memory_kib = excluded.memory_kib, iterations = excluded.iterations,"
                            + " sealed_key = excluded.sealed_key")) {
                insert.setString(1, vault.source());
                insert.setString(2, vault.salt());
                insert.setInt(3, vault.memoryKib());
                insert.setInt(4, vault.iterations());
                insert.setString(5, vault.sealedKey());
                return insert.executeUpdate();
            }
        });
    }
}
