package dev.rensa.explorer.store;

/** What differs between the databases that the explorer knows. */
enum Dialect {
    /** 64 MiB of pages for the one connection that writes: with the usual 2 MiB, indexes are read again and again. */
    SQLITE("PRAGMA cache_size = -65536", "DELETE FROM "),
    POSTGRESQL("SELECT 1", "TRUNCATE TABLE ");

    private final String beforeWriting;
    private final String emptyTable;

    Dialect(String beforeWriting, String emptyTable) {
        this.beforeWriting = beforeWriting;
        this.emptyTable = emptyTable;
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
}
