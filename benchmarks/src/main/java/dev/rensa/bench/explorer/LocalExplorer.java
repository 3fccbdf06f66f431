package dev.rensa.bench.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The packaged explorer as a process on a free port. */
final class LocalExplorer implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceProcess process;
    private final int port;
    private final int managementPort;

    /** Starts it; {@code more} are further settings. */
    LocalExplorer(Path directory, List<URI> nodes, Map<String, String> more) {
        port = freePort();
        managementPort = freePort();
        Map<String, String> settings = new HashMap<>(more);
        settings.put("rensa.explorer.nodes", nodes.stream().map(URI::toString).collect(Collectors.joining(",")));
        settings.put("rensa.explorer.data-dir", directory.toString());
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("quarkus.management.port", Integer.toString(managementPort));
        process = ServiceProcess.start("explorer", "explorer-service", directory.resolve("explorer.log"), settings);
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    void awaitReady() {
        process.awaitReady(managementPort, START_BOUND);
    }

    /** The answer's body; fails if it is not a good one. */
    String get(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(at(path)).timeout(ANSWER_BOUND).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        try {
            return JSON.readTree(get(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** Waits until it has the tip of the best chain. */
    void awaitIndex(Duration bound) {
        Await.until(
                "the chain is indexed",
                bound,
                () -> get("/api/index"),
                () -> json("/api/index").path("state").asText().equals("current"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.stop();
        http.close();
    }
}
