package dev.rensa.wallet.store;

import dev.rensa.wallet.transfer.StoreException;
import dev.rensa.wallet.transfer.UnfitRowException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The few JDBC forms that the stores use. Safe for use by several threads. */
public final class Database {

    private final DataSource source;

    private final Dialect dialect;

    /** The connection of the writes that are made together on this thread. */
    private final ScopedValue<Connection> present = ScopedValue.newInstance();

    /** What is to be done behind those writes. */
    private final ScopedValue<List<Runnable>> behind = ScopedValue.newInstance();

    /** SQLite has one writer: waiting here in turn is kinder than colliding there. */
    private final ReentrantLock writing = new ReentrantLock(true);

    /**
     * Looks which database it is.
     *
     * @throws StoreException if it does not answer
     */
    public Database(DataSource source) {
        this.source = source;
        try (Connection connection = source.getConnection()) {
            this.dialect = Dialect.ofProduct(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new StoreException("the database does not answer", e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** Whether other processes may write to it, too. */
    public boolean isShared() {
        return dialect.isShared();
    }

    /** Work on a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads by a connection. */
    interface Reading {
        void with(Connection connection) throws SQLException;
    }

    /** Fills in a statement's parameters. */
    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Reads a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Whether the database answers. */
    public boolean isReachable() {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet row = statement.executeQuery()) {
            return row.next();
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * All or nothing, and durable when it returns. Within {@link #together} it is a part of that, and durable when that
     * returns.
     *
     * @throws UnfitRowException if the database does not take what is in a row
     */
    <T> T write(String what, Work<T> work) {
        if (present.isBound()) {
            try {
                return work.with(present.get());
            } catch (SQLException e) {
                throw failed(what, e);
            }
        }
        if (dialect == Dialect.SQLITE) {
            writing.lock();
        }
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                giveBack(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(what, e);
        } finally {
            if (writing.isHeldByCurrentThread()) {
                writing.unlock();
            }
        }
    }

    /** What to throw when a write failed so. */
    StoreException failed(String what, SQLException e) {
        String message = what + " could not be written to the database";
        return dialect.isUnfit(e) ? new UnfitRowException(message, e) : new StoreException(message, e);
    }

    /** Makes one of all writes that the work makes on its thread. */
    <T> T together(String what, Supplier<T> work) {
        if (present.isBound()) {
            return work.get();
        }
        List<Runnable> later = new ArrayList<>();
        try {
            return write(
                    what,
                    connection -> ScopedValue.where(present, connection)
                            .where(behind, later)
                            .call(work::get));
        } finally {
            later.forEach(Runnable::run);
        }
    }

    /**
     * Does something, which must not throw, as soon as what this thread writes together is written, or is not: at once where
     * it writes nothing together.
     */
    public void behindWrites(Runnable work) {
        if (behind.isBound()) {
            behind.get().add(work);
        } else {
            work.run();
        }
    }

    /** A connection that dies behind its work takes nothing back: the pool finds out. */
    private static void giveBack(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // Nobody but the pool needs to know.
        }
    }

    /** A connection that is gone has undone everything already: what ended it must be told, not this. */
    private static void undo(Connection connection, Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Rows that are fetched at once in a {@link #snapshot}. */
    static final int SNAPSHOT_ROWS = 500;

    /** Reads for as long as it takes, all as it stands at one moment; writers are not held up. */
    void snapshot(Reading reading) {
        try (Connection connection = source.getConnection()) {
            if (dialect == Dialect.SQLITE) {
                // The driver would begin a transaction of a writer.
                execute(connection, "BEGIN DEFERRED");
                try {
                    reading.with(connection);
                } finally {
                    execute(connection, "ROLLBACK");
                }
                return;
            }
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                reading.with(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            throw new StoreException("the database could not be read", e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    <T> List<T> query(String sql, Parameters parameters, Row<T> row) {
        if (present.isBound()) {
            return query(present.get(), sql, parameters, row);
        }
        try (Connection connection = source.getConnection()) {
            return query(connection, sql, parameters, row);
        } catch (SQLException e) {
            throw new StoreException("the database could not be read", e);
        }
    }

    private static <T> List<T> query(Connection connection, String sql, Parameters parameters, Row<T> row) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(row.read(rows));
                }
                return result;
            }
        } catch (SQLException e) {
            throw new StoreException("the database could not be read", e);
        }
    }

    <T> Optional<T> queryOne(String sql, Parameters parameters, Row<T> row) {
        return query(sql, parameters, row).stream().findFirst();
    }
}
