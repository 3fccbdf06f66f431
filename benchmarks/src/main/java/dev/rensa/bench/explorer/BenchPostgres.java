package dev.rensa.bench.explorer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL server of its own, with the settings that it comes with but for its memory. */
final class BenchPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    BenchPostgres(Path directory) {
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

    /** What an explorer must be told to use it. */
    Map<String, String> settings() {
        return Map.of(
                "rensa.explorer.postgresql.enabled", "true",
                "rensa.explorer.postgresql.url", "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "rensa.explorer.postgresql.username", "postgres");
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
