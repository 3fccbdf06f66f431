package dev.rensa.explorer.index;

import dev.rensa.explorer.fixture.TestPostgres;
import dev.rensa.explorer.history.HistoryStore;
import dev.rensa.explorer.store.Database;
import dev.rensa.explorer.store.SqlAccountHistory;
import dev.rensa.explorer.store.SqlChainQueries;
import dev.rensa.explorer.store.SqlChainStore;
import dev.rensa.explorer.store.SqlHistoryStore;
import dev.rensa.explorer.store.SqlReorganisationStore;
import dev.rensa.explorer.store.WriterLease;
import dev.rensa.explorer.tree.ReorganisationStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** The real database in a file of the test's own, with a switch that lets commits fail. */
public final class TestDatabase {

    private final DataSource real;
    private final DataSource dataSource;
    private boolean commitsFail;
    private boolean answersGetLost;
    private boolean away;
    private int callsToLive = Integer.MAX_VALUE;

    private TestDatabase(DataSource source) {
        this.real = source;
        this.dataSource = failing(source);
    }

    /** A SQLite file, made when it is not there. */
    public static TestDatabase sqlite(Path file) {
        SQLiteDataSource sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=10000");
        Flyway.configure()
                .dataSource(sqlite)
                .placeholders(Map.of("row_key", "INTEGER", "by_key", "WITHOUT ROWID"))
                .load()
                .migrate();
        return new TestDatabase(sqlite);
    }

    /** A new database of the PostgreSQL server that all tests share. */
    public static TestDatabase postgresql() {
        return new TestDatabase(TestPostgres.shared().database());
    }

    /** A database of a server that the test may kill. */
    public static TestDatabase of(DataSource source) {
        return new TestDatabase(source);
    }

    /** The same database for another process, which shares nothing with the first one but what is written there. */
    TestDatabase forAnotherProcess() {
        return new TestDatabase(real);
    }

    /** From now on every transaction dies at its end, as it does when the process is killed there. */
    public void failCommits(boolean fail) {
        commitsFail = fail;
    }

    /** From now on every transaction is committed, and nobody is told. */
    public void loseAnswers(boolean lose) {
        answersGetLost = lose;
    }

    /** From now on nobody gets a connection. */
    public void beAway(boolean isAway) {
        away = isAway;
    }

    /** The connection dies after so many calls on it, wherever in a transaction that is. */
    void dieAfter(int calls) {
        callsToLive = calls;
    }

    ChainQueries queries() {
        return new SqlChainQueries(new Database(dataSource));
    }

    /** A store as each process has one, with a lease of its own that ends at once when it is not used. */
    ChainStore store() {
        return store(Duration.ZERO, System::nanoTime);
    }

    ChainStore store(Duration lease, LongSupplier nanoClock) {
        Database database = new Database(dataSource);
        return new SqlChainStore(database, new SqlChainQueries(database), new WriterLease(database, lease, nanoClock));
    }

    public HistoryStore history() {
        return history(Duration.ZERO, System::nanoTime);
    }

    public HistoryStore history(Duration lease, LongSupplier nanoClock) {
        Database database = new Database(dataSource);
        return new SqlHistoryStore(database, new WriterLease(database, lease, nanoClock));
    }

    AccountHistory accountHistory() {
        return new SqlAccountHistory(new Database(dataSource));
    }

    ReorganisationStore reorganisations() {
        return new SqlReorganisationStore(new Database(dataSource));
    }

    /** Damages a row, as no code of ours does. */
    void spoil() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE account SET balance = balance + 1");
        }
    }

    /** How many rows a table has. */
    public long count(String table) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the writer's lease end, as the database's clock does it in more time. */
    public void letTheLeaseEnd() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (statement.executeUpdate("UPDATE index_writer SET expires_at = 0") != 1) {
                throw new IllegalStateException("nobody holds the lease");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row of every table of the index, as text. */
    String dump() throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "index_cursor ORDER BY id",
                    "block ORDER BY height",
                    "transfer ORDER BY place",
                    "account ORDER BY key")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    append(rows, dump.append(table).append('\n'));
                }
            }
        }
        return dump.toString();
    }

    private static void append(ResultSet rows, StringBuilder dump) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
                Object value = rows.getObject(column);
                dump.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
                        .append(' ');
            }
            dump.append('\n');
        }
    }

    private DataSource failing(DataSource real) {
        return proxy(
                DataSource.class,
                real,
                (method, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, (called, answer) -> answer)
                        : result);
    }

    private <T> T proxy(Class<T> type, T target, Wrapper wrapper) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (away && method.getName().equals("getConnection")) {
                        throw new SQLException("away");
                    }
                    if (commitsFail && method.getName().equals("commit")) {
                        throw new SQLException("killed");
                    }
                    if (target instanceof Connection && callsToLive != Integer.MAX_VALUE && callsToLive-- <= 0) {
                        if (!method.getName().equals("rollback")
                                && !method.getName().equals("close")) {
                            throw new SQLException("killed");
                        }
                    }
                    try {
                        Object result = wrapper.wrap(method.getName(), method.invoke(target, arguments));
                        if (answersGetLost && method.getName().equals("commit")) {
                            throw new SQLException("the answer is lost");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private interface Wrapper {
        Object wrap(String method, Object result);
    }
}
