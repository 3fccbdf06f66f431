package dev.rensa.explorer.store;

/** What differs between the databases that the explorer knows. */
enum Dialect {
    /** 64 MiB of pages for the one connection that writes: with the usual 2 MiB, indexes are read again and again. */
    SQLITE("PRAGMA cache_size = -65536", "DELETE FROM ", ""),
    /** A commit need not wait for the disk: what a crash of the server takes back is fetched from the nodes again. */
    POSTGRESQL(
            "SET synchronous_commit = off",
            "TRUNCATE TABLE ",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");

    private final String beforeWriting;
    private final String emptyTable;
    private final String nowMillis;

    Dialect(String beforeWriting, String emptyTable, String nowMillis) {
        this.beforeWriting = beforeWriting;
        this.emptyTable = emptyTable;
        this.nowMillis = nowMillis;
    }

    static Dialect ofProduct(String name) {
        return name.startsWith("PostgreSQL") ? POSTGRESQL : SQLITE;
    }

    /** Makes a connection ready for a large write. */
    String beforeWriting() {
        return beforeWriting;
    }

    /** Begins the statement that empties a table without looking at its rows. */
    String emptyTable() {
        return emptyTable;
    }

    /** An expression: milliseconds since 1970 by the database's own clock. Of the one that several processes share only. */
    String nowMillis() {
        return nowMillis;
    }

    /** Whether several explorers may share it, and several writers write at once. */
    boolean isShared() {
        return this == POSTGRESQL;
    }
}
