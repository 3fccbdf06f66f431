package dev.rensa.network.fault;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL server on loopback that a test kills and starts again. */
final class LocalPostgres implements AutoCloseable {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Path data;
    private EmbeddedPostgres server;

    private LocalPostgres(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Starts one. Skips the test on a machine for which there are no binaries. */
    static LocalPostgres at(Path data) {
        try {
            return new LocalPostgres(data, start(data, 0));
        } catch (IOException | IllegalStateException e) {
            return Assumptions.abort("PostgreSQL does not start on this machine: " + e);
        }
    }

    /** What a wallet needs to know to keep its data here. */
    Map<String, String> walletSettings() {
        return Map.of(
                "rensa.wallet.postgresql.enabled",
                "true",
                "rensa.wallet.postgresql.url",
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "rensa.wallet.postgresql.username",
                "postgres",
                "rensa.wallet.lease",
                "2s");
    }

    /** What an explorer needs to know to keep its data here. */
    Map<String, String> explorerSettings() {
        return Map.of(
                "rensa.explorer.postgresql.enabled",
                "true",
                "rensa.explorer.postgresql.url",
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "rensa.explorer.postgresql.username",
                "postgres");
    }

    /** The rows that a query gives, a line each. */
    String rows(String query) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    lines.append(rows.getString(column)).append(column < columns ? ' ' : '\n');
                }
            }
        }
        return lines.toString();
    }

    /** Brings to the disk what was committed without waiting for it: a commit that waits takes those before it along. */
    void writeThrough() throws SQLException {
        rows("SELECT pg_logical_emit_message(true, 'test', 'written')");
    }

    /** Ends every process of the server without warning, and starts it on the same data and port. */
    void killAndRestart() throws Exception {
        int port = server.getPort();
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().get(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        server.close();
        server = start(data, port);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                // As in service: what was committed outlives the kill.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }
}
