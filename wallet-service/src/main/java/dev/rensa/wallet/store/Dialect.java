package dev.rensa.wallet.store;

import java.sql.SQLException;

/** What differs between the databases that the wallet knows. */
enum Dialect {
    SQLITE("CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)"),
    POSTGRESQL("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");

    private static final String UNIQUE_VIOLATION = "23505";

    private final String nowMillis;

    Dialect(String nowMillis) {
        this.nowMillis = nowMillis;
    }

    static Dialect ofProduct(String name) {
        return name.startsWith("PostgreSQL") ? POSTGRESQL : SQLITE;
    }

    /** An expression: milliseconds since 1970 by the database's own clock. */
    String nowMillis() {
        return nowMillis;
    }

    /** Whether several processes may share it, and several writers write at once. */
    boolean isShared() {
        return this == POSTGRESQL;
    }

    /** Whether another process wrote a row of the same name first. */
    boolean isDuplicate(SQLException e) {
        return isShared() && UNIQUE_VIOLATION.equals(e.getSQLState());
    }
}
