package dev.rensa.bench.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Listens to a stream of events as a browser does, and gives each one's time of arrival. */
final class EventReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread thread;
    private volatile boolean closed;

    /** Begins to listen; {@code seen} is called with the data and the time in milliseconds. */
    EventReader(URI uri, BiConsumer<JsonNode, Long> seen) {
        thread = Thread.ofPlatform().daemon().start(() -> read(uri, seen));
    }

    private void read(URI uri, BiConsumer<JsonNode, Long> seen) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .build();
        try (InputStream stream = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    seen.accept(JSON.readTree(line.substring("data:".length())), System.currentTimeMillis());
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new IllegalStateException("the stream " + uri + " broke off", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        http.shutdownNow();
    }
}
