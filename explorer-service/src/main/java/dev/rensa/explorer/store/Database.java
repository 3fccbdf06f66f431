package dev.rensa.explorer.store;

import dev.rensa.explorer.index.IndexStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** The few JDBC forms that the stores use. Safe for use by several threads. */
public final class Database {

    private final DataSource source;

    private final Dialect dialect;

    /** SQLite has one writer: waiting here in turn is kinder than colliding there. */
    private final ReentrantLock writing = new ReentrantLock(true);

    /**
     * Looks which database it is.
     *
     * @throws IndexStoreException if it does not answer
     */
    public Database(DataSource source) {
        this.source = source;
        try (Connection connection = source.getConnection()) {
            this.dialect = Dialect.ofProduct(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new IndexStoreException("the explorer's database does not answer: " + e.getMessage(), e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** Work on a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Fills in a statement's parameters. */
    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Reads a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All or nothing. */
    <T> T write(Work<T> work) {
        if (!dialect.isShared()) {
            writing.lock();
        }
        try (Connection connection = source.getConnection()) {
            try (Statement prepare = connection.createStatement()) {
                prepare.execute(dialect.beforeWriting());
            }
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
            throw new IndexStoreException("the explorer's database cannot be written: " + e.getMessage(), e);
        } finally {
            if (writing.isHeldByCurrentThread()) {
                writing.unlock();
            }
        }
    }

    /** Several questions to one state of the database, whatever is written meanwhile. */
    <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (dialect.isShared()) {
                    try (Statement oneState = connection.createStatement()) {
                        oneState.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                    }
                }
                T result = work.with(connection);
                connection.rollback();
                giveBack(connection);
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new IndexStoreException("the explorer's database does not answer: " + e.getMessage(), e);
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

    <T> List<T> query(String sql, Parameters parameters, Row<T> row) {
        try (Connection connection = source.getConnection()) {
            return query(connection, sql, parameters, row);
        } catch (SQLException e) {
            throw new IndexStoreException("the explorer's database does not answer: " + e.getMessage(), e);
        }
    }

    static <T> List<T> query(Connection connection, String sql, Parameters parameters, Row<T> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(row.read(rows));
                }
            }
            return result;
        }
    }

    <T> Optional<T> queryOne(String sql, Parameters parameters, Row<T> row) {
        return query(sql, parameters, row).stream().findFirst();
    }
}
