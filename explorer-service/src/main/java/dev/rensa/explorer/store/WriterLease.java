package dev.rensa.explorer.store;

import dev.rensa.explorer.index.IndexStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to write the index and the history. On SQLite, which one process uses, it is always there. On PostgreSQL it is
 * a row that one explorer holds and each of its writes renews: another one takes it when it has not been renewed for so
 * long. Every write, but a beginning anew that people ordered, moves the row first and so holds its lock: who was passed
 * over while it slept finds that out before it has written anything. Only the database's clock counts. Safe for use by
 * several threads.
 */
public final class WriterLease {

    /** Shares of the lease after which it is renewed, or looked at: a quarter leaves room for a slow answer. */
    private static final int LOOKS = 4;

    private static final String RENEW = "UPDATE index_writer SET expires_at = ? + {now} WHERE id = 1 AND holder = ?";

    private static final String LOOK = "SELECT holder, expires_at < {now} AS expired FROM index_writer WHERE id = 1";

    private static final String TAKE = """
            INSERT INTO index_writer (id, holder, expires_at) VALUES (1, ?, ? + {now})
            ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
            WHERE index_writer.expires_at < {now}
            """;

    private final Database database;
    private final long leaseMillis;
    private final LongSupplier nanoClock;
    private final String me = UUID.randomUUID().toString();

    private boolean held;
    private boolean closed;

    /** Rises with each try to take the right that another one held last, or nobody: of a try that fails nobody knows its end. */
    private long term;

    private boolean looked;
    private long lookedNanos;

    /** Why nobody knows who writes, since the last look; null when it is known. */
    private @Nullable IndexStoreException unknown;

    private record Holder(String id, boolean expired) {}

    /**
     * A right that nobody has asked for yet.
     *
     * @param lease how long a holder may be silent
     * @param nanoClock measures durations
     */
    public WriterLease(Database database, Duration lease, LongSupplier nanoClock) {
        this.database = database;
        this.leaseMillis = lease.toMillis();
        this.nanoClock = nanoClock;
    }

    /** Whether this explorer may write, as far as it knows: nobody is asked and nothing is taken. */
    public synchronized boolean isHeld() {
        return !closed && (held || !database.dialect().isShared());
    }

    /**
     * Whether this explorer may write; asks the database now and then, and takes the right when it is free.
     *
     * @throws IndexStoreException if it is not known, from a look that failed until one that succeeds: no answer is not the
     *     answer that another one writes
     */
    public synchronized boolean isMine() {
        if (closed || !database.dialect().isShared()) {
            return !closed;
        }
        long now = nanoClock.getAsLong();
        if (!looked || now - lookedNanos >= leaseMillis * 1_000_000 / LOOKS) {
            // Whatever the answer is, also none: a database that fails is not asked without end.
            looked = true;
            lookedNanos = now;
            look();
        } else if (unknown != null) {
            throw new IndexStoreException("it is not known who writes to the explorer's database", unknown);
        }
        return held;
    }

    private void look() {
        held = false;
        try {
            held = lookOrTake();
            unknown = null;
        } catch (IndexStoreException e) {
            unknown = e;
            throw e;
        }
    }

    /** A look does not wait for the row; it is written only when there is something to gain. */
    private boolean lookOrTake() {
        List<Holder> holders = database.query(
                LOOK.replace("{now}", database.dialect().nowMillis()),
                _ -> {},
                row -> new Holder(row.getString("holder"), row.getBoolean("expired")));
        boolean mayTake = holders.isEmpty()
                || holders.getFirst().expired()
                || holders.getFirst().id().equals(me);
        return mayTake && database.write(this::renewOrTake);
    }

    private boolean renewOrTake(Connection connection) throws SQLException {
        if (renewed(connection)) {
            return true;
        }
        term++;
        try (PreparedStatement take = connection.prepareStatement(
                TAKE.replace("{now}", database.dialect().nowMillis()))) {
            take.setString(1, me);
            take.setLong(2, leaseMillis);
            return take.executeUpdate() == 1;
        }
    }

    /** Changes when another one may have written since this explorer held the right before. */
    synchronized long term() {
        return term;
    }

    /**
     * Renews the right within a write; false if it is another's by now, and then nothing may be written. Behind it the write
     * holds the row's lock and must ask nothing more here: others wait here for the row.
     */
    synchronized boolean renew(Connection connection) throws SQLException {
        if (closed || !database.dialect().isShared()) {
            return !closed;
        }
        held = renewed(connection);
        unknown = null;
        return held;
    }

    /** The same for a write that is made for a term; false, too, if that is over. */
    synchronized boolean renew(Connection connection, long madeFor) throws SQLException {
        return renew(connection) && term == madeFor;
    }

    private boolean renewed(Connection connection) throws SQLException {
        try (PreparedStatement renew = connection.prepareStatement(
                RENEW.replace("{now}", database.dialect().nowMillis()))) {
            renew.setLong(1, leaseMillis);
            renew.setString(2, me);
            return renew.executeUpdate() == 1;
        }
    }

    /**
     * Gives the right up for good, for a stop: another explorer need not wait until it ends. Whatever still runs of this one
     * writes no more.
     */
    public synchronized void giveUp() {
        closed = true;
        if (held && database.dialect().isShared()) {
            held = false;
            database.write(connection -> {
                try (PreparedStatement free =
                        connection.prepareStatement("DELETE FROM index_writer WHERE holder = ?")) {
                    free.setString(1, me);
                    return free.executeUpdate();
                }
            });
        }
    }
}
