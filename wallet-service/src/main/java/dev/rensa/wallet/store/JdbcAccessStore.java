package dev.rensa.wallet.store;

import dev.rensa.wallet.access.ApiKey;
import dev.rensa.wallet.access.ApiKeyStore;
import dev.rensa.wallet.access.AuditEntry;
import dev.rensa.wallet.access.AuditStore;
import dev.rensa.wallet.access.Role;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** API keys and the log of what was ordered, each in a table. */
public final class JdbcAccessStore {

    private final Database database;

    public JdbcAccessStore(Database database) {
        this.database = database;
    }

    /** The keys. */
    public ApiKeyStore keys() {
        return new Keys(database);
    }

    /** The log. */
    public AuditStore audit() {
        return new Audit(database);
    }

    private record Keys(Database database) implements ApiKeyStore {

        @Override
        public void add(ApiKey key) {
            database.write("an API key", connection -> {
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO api_key (id, name, role, hash, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)")) {
                    insert.setString(1, key.id());
                    insert.setString(2, key.name());
                    insert.setString(3, key.role().code());
                    insert.setString(4, key.hash());
                    insert.setLong(5, key.createdAtMillis());
                    insert.setString(6, key.createdBy());
                    return insert.executeUpdate();
                }
            });
        }

        @Override
        public boolean revoke(String id, long atMillis, String by) {
            return database.write("an API key", connection -> {
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE api_key SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL")) {
                    update.setLong(1, atMillis);
                    update.setString(2, by);
                    update.setString(3, id);
                    return update.executeUpdate() == 1;
                }
            });
        }

        @Override
        public void forget(String id) {
            database.write("an API key", connection -> {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM api_key WHERE id = ? AND revoked_at IS NOT NULL")) {
                    delete.setString(1, id);
                    return delete.executeUpdate();
                }
            });
        }

        @Override
        public List<ApiKey> list() {
            return database.query(
                    "SELECT id, name, role, hash, created_at, created_by, revoked_at, revoked_by FROM api_key"
                            + " ORDER BY created_at, id",
                    statement -> {},
                    Keys::read);
        }

        private static ApiKey read(ResultSet row) throws SQLException {
            String role = row.getString(3);
            return new ApiKey(
                    row.getString(1),
                    row.getString(2),
                    Role.ofCode(role).orElseThrow(() -> new SQLException("an API key has the unknown role " + role)),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    NullableLong.get(row, 7),
                    row.getString(8));
        }
    }

    private record Audit(Database database) implements AuditStore {

        /** Above every id, which are hexadecimal digits. */
        private static final String NEWEST = "g";

        @Override
        public void add(AuditEntry entry) {
            database.write("a line of the audit log", connection -> {
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO audit_entry (id, at, actor, action, detail) VALUES (?, ?, ?, ?, ?)")) {
                    insert.setString(1, entry.id());
                    insert.setLong(2, entry.atMillis());
                    insert.setString(3, entry.actor());
                    insert.setString(4, entry.action());
                    insert.setString(5, entry.detail());
                    return insert.executeUpdate();
                }
            });
        }

        @Override
        public <T> T together(Supplier<T> work) {
            return database.together("an order", work);
        }

        @Override
        public List<AuditEntry> list(@Nullable String before, int limit) {
            return database.query(
                    "SELECT id, at, actor, action, detail FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT ?",
                    statement -> {
                        statement.setString(1, before == null ? NEWEST : before);
                        statement.setInt(2, limit);
                    },
                    row -> new AuditEntry(
                            row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)));
        }
    }
}
