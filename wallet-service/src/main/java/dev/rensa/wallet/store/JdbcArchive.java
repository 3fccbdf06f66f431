package dev.rensa.wallet.store;

import dev.rensa.wallet.backup.Archive;
import dev.rensa.wallet.backup.BackupException;
import dev.rensa.wallet.transfer.ReplicaId;
import dev.rensa.wallet.transfer.UnfitRowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All tables of a wallet, read at one moment and written in one transaction, from either database into either. */
public final class JdbcArchive implements Archive {

    /** In an order in which each row finds those that it names. */
    static final List<String> TABLES = List.of(
            "wallet",
            "wallet_secret",
            "account",
            "received_payment",
            "received_event",
            "received_search",
            "contact",
            "policy",
            "policy_recipient",
            "policy_spend",
            "approval",
            "api_key",
            "audit_entry",
            "transfer",
            "former_transaction",
            "transfer_event",
            "event_counter",
            "payout",
            "payout_line",
            "network",
            "followed_block",
            "webhook",
            "webhook_delivery");

    /** What a database has for itself. */
    static final Set<String> LEFT_OUT = Set.of("vault", "replica", "lane", "flyway_schema_history");

    /** Rows that both sides may have: who administers here goes on to, and what was ordered here stays written down. */
    private static final Set<String> JOINED = Set.of("api_key", "audit_entry");

    private static final Map<String, String> PLACES = Map.of("wallet_secret", "wallet/", "webhook", "webhook/");

    private final Database database;
    private final Supplier<@Nullable ReplicaId> self;

    /**
     * Makes an archive.
     *
     * @param self the name under which this process holds its lanes, if it does
     */
    public JdbcArchive(Database database, Supplier<@Nullable ReplicaId> self) {
        this.database = database;
        this.self = self;
    }

    @Override
    public String version() {
        return database.queryOne(
                        "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL"
                                + " ORDER BY installed_rank DESC LIMIT 1",
                        statement -> {},
                        row -> row.getString(1))
                .orElseThrow();
    }

    @Override
    public void read(Reader reader) throws IOException {
        try {
            database.snapshot(connection -> {
                for (String table : TABLES) {
                    try {
                        read(connection, table, reader);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Restored restore(Source source, Secrets secrets, long nowMillis) throws IOException {
        try {
            return database.write("a restored wallet", connection -> {
                try {
                    keepWritersOut(connection);
                    requireEmpty(connection);
                    clear(connection);
                    Writer writer = new Writer(database, connection, secrets);
                    source.giveTo(writer);
                    writer.end();
                    RestoredRows.mark(connection, nowMillis);
                    return count(connection);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (UnfitRowException e) {
            throw new BackupException(
                    BackupException.DAMAGED, "the backup opens, but its rows do not fit together: nothing is restored");
        }
    }

    /**
     * What others write between the look whether there is anything and the deletion would be lost unseen. They wait, and
     * find what was restored. SQLite has one writer anyway.
     */
    private void keepWritersOut(Connection connection) throws SQLException {
        if (database.dialect().isShared()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE wallet, transfer, approval, contact, webhook, replica IN EXCLUSIVE MODE");
            }
        }
    }

    private void requireEmpty(Connection connection) throws SQLException, BackupException {
        require(connection, "SELECT COUNT(*) FROM wallet WHERE id <> 'faucet'", "wallets");
        require(connection, "SELECT COUNT(*) FROM transfer", "transfers");
        require(connection, "SELECT COUNT(*) FROM approval", "approvals");
        require(connection, "SELECT COUNT(*) FROM contact", "entries in its address book");
        require(connection, "SELECT COUNT(*) FROM webhook", "webhooks");
        ReplicaId own = self.get();
        if (database.dialect().isShared()) {
            require(
                    connection,
                    "SELECT COUNT(*) FROM replica WHERE expires_at >= "
                            + database.dialect().nowMillis() + " AND id <> '" + (own == null ? "" : own.value()) + "'",
                    "other replicas that run: stop all but one, which may take as long as rensa.wallet.lease, or other");
        }
    }

    private static void require(Connection connection, String count, String what) throws SQLException, BackupException {
        if (number(connection, count) > 0) {
            throw new BackupException(
                    BackupException.NOT_EMPTY,
                    "this wallet has " + what + " already: a backup is restored into an empty one, so that nothing is"
                            + " lost; start a wallet on a new database");
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void clear(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES.reversed()) {
                if (!JOINED.contains(table)) {
                    statement.executeUpdate("DELETE FROM " + table);
                }
            }
        }
    }

    private static Restored count(Connection connection) throws SQLException {
        return new Restored(
                number(connection, "SELECT COUNT(*) FROM wallet"),
                number(connection, "SELECT COUNT(*) FROM transfer"),
                number(connection, "SELECT COUNT(*) FROM transfer WHERE state = 'requested'"),
                number(connection, "SELECT COUNT(*) FROM transfer WHERE state IN ('signed', 'submitted', 'mined')"));
    }

    private static void read(Connection connection, String table, Reader reader) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(Database.SNAPSHOT_ROWS);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                List<String> columns = columns(rows);
                reader.table(table, columns);
                while (rows.next()) {
                    List<@Nullable Object> values = new ArrayList<>(columns.size());
                    for (int i = 1; i <= columns.size(); i++) {
                        values.add(rows.getObject(i));
                    }
                    reader.row(values);
                }
            }
        }
    }

    private static List<String> columns(ResultSet rows) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            columns.add(rows.getMetaData().getColumnName(i));
        }
        return columns;
    }

    /** Writes rows as they come, a batch at a time. */
    private static final class Writer implements Reader {

        private static final int BATCH = 500;

        private final Database database;
        private final Connection connection;
        private final Secrets secrets;
        private final List<List<@Nullable Object>> waiting = new ArrayList<>();
        private String table = "";
        private List<String> columns = List.of();
        private int tables;

        private Writer(Database database, Connection connection, Secrets secrets) {
            this.database = database;
            this.connection = connection;
            this.secrets = secrets;
        }

        @Override
        public void table(String name, List<String> named) throws IOException {
            flush();
            if (tables == TABLES.size()
                    || !name.equals(TABLES.get(tables))
                    || !known(name).equals(Set.copyOf(named))) {
                throw unfitting();
            }
            table = name;
            columns = List.copyOf(named);
            tables++;
        }

        @Override
        public void row(List<@Nullable Object> values) throws IOException {
            if (values.size() != columns.size()) {
                throw unfitting();
            }
            waiting.add(resealed(values));
            if (waiting.size() == BATCH) {
                flush();
            }
        }

        private void end() throws IOException {
            flush();
            if (tables != TABLES.size()) {
                throw unfitting();
            }
        }

        private static BackupException unfitting() {
            return new BackupException(
                    BackupException.DAMAGED, "the backup's tables are not those of this wallet: nothing is restored");
        }

        private List<@Nullable Object> resealed(List<@Nullable Object> values) {
            String place = PLACES.get(table);
            if (place == null) {
                return values;
            }
            int secret = columns.indexOf(table.equals("webhook") ? "sealed_secret" : "sealed");
            int id = columns.indexOf(table.equals("webhook") ? "id" : "wallet_id");
            List<@Nullable Object> all = new ArrayList<>(values);
            all.set(secret, secrets.reseal(String.valueOf(values.get(secret)), place + values.get(id)));
            return all;
        }

        private Set<String> known(String name) throws IOException {
            try (Statement statement = connection.createStatement();
                    ResultSet none = statement.executeQuery("SELECT * FROM " + name + " WHERE 1 = 0")) {
                return new HashSet<>(columns(none));
            } catch (SQLException e) {
                throw new IOException("the tables of this wallet cannot be read", e);
            }
        }

        private void flush() throws IOException {
            if (waiting.isEmpty()) {
                return;
            }
            String sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                    + String.join(", ", columns.stream().map(column -> "?").toList()) + ")"
                    + (JOINED.contains(table) ? " ON CONFLICT DO NOTHING" : "");
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (List<@Nullable Object> values : waiting) {
                    for (int i = 0; i < values.size(); i++) {
                        insert.setObject(i + 1, values.get(i));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            } catch (SQLException e) {
                throw database.failed("rows of " + table, e);
            }
            waiting.clear();
        }
    }
}
