package dev.rensa.wallet.store;

import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.key.Contact;
import dev.rensa.wallet.key.ContactStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The address book in a table. */
public final class JdbcContactStore implements ContactStore {

    private static final String SELECT = "SELECT name, public_key, note, created_at FROM contact";

    private final Database database;

    public JdbcContactStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Contact> find(String name) {
        return database.queryOne(
                SELECT + " WHERE name = ?", statement -> statement.setString(1, name), JdbcContactStore::read);
    }

    @Override
    public boolean put(Contact contact) {
        return database.write("an entry of the address book", connection -> {
            if (others(connection, contact.name()) >= Contact.MAX_CONTACTS) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO contact (name, public_key, note, created_at) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET public_key = excluded.public_key,"
                            + " note = excluded.note")) {
                insert.setString(1, contact.name());
                insert.setString(2, contact.key().toHex());
                insert.setString(3, contact.note());
                insert.setLong(4, contact.createdAtMillis());
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean remove(String name) {
        return database.write("an entry of the address book", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM contact WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<Contact> list() {
        return database.query(SELECT + " ORDER BY name", statement -> {}, JdbcContactStore::read);
    }

    private static Contact read(ResultSet row) throws SQLException {
        return new Contact(row.getString(1), PublicKey.fromHex(row.getString(2)), row.getString(3), row.getLong(4));
    }

    private static int others(Connection connection, String name) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("SELECT COUNT(*) FROM contact WHERE name <> ?")) {
            count.setString(1, name);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
