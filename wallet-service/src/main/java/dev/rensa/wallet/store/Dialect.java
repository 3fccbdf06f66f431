package dev.rensa.wallet.store;

import java.sql.SQLException;

/** What differs between the databases that the wallet knows. */
enum Dialect {
    SQLITE("CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)"),
    POSTGRESQL("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";

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

    /** Whether it does not take what a row holds: SQLSTATE classes 22 and 23; SQLite has no classes but says the same. */
    boolean isUnfit(SQLException e) {
        String state = e.getSQLState();
        return isShared()
                ? state != null && (state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION))
                : String.valueOf(e.getMessage()).contains("CONSTRAINT");
    }
}
