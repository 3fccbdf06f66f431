package dev.rensa.bench.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL server of its own, with the settings that it comes with but for its memory. */
public final class BenchPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    /** Starts one whose data lie below a folder. */
    public BenchPostgres(Path directory) {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("postgresql"))
                    .setServerConfig("shared_buffers", "512MB")
                    .setServerConfig("max_wal_size", "4GB")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a service, {@code explorer} or {@code wallet}, must be told to use it. */
    public Map<String, String> settings(String service) {
        String prefix = "rensa." + service + ".postgresql.";
        return Map.of(
                prefix + "enabled", "true",
                prefix + "url", "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                prefix + "username", "postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
