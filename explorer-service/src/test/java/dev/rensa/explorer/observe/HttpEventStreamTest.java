package dev.rensa.explorer.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class HttpEventStreamTest {

    private static final String BLOCK = """
            {"timeMillis":5,"height":7,"hash":"aa","parent":"bb","timestampMillis":4,"work":"9","miner":"m",\
            "transactionCount":2,"fieldOfTomorrow":true}""";

    private final HttpEventStream stream = new HttpEventStream(
            HttpClient.newHttpClient(),
            URI.create("http://127.0.0.1:1"),
            "block",
            Duration.ofSeconds(1),
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build());

    @Test
    void shouldReadABlockAmongCommentsAndOtherFields() throws IOException {
        List<NodeEvent> events = read(": hello\nretry: 500\n\nid: 1\nevent: block\ndata: " + BLOCK + "\n\n");

        assertThat(events).containsExactly(new BlockConnected(5, 7, "aa", "bb", 4, "9", "m", 2, null));
    }

    @Test
    void shouldJoinDataThatComesInSeveralLines() throws IOException {
        int half = BLOCK.indexOf(",\"parent") + 1;

        assertThat(read("event:block\r\ndata:" + BLOCK.substring(0, half) + "\r\ndata:" + BLOCK.substring(half)
                        + "\r\n\r\n"))
                .hasSize(1);
    }

    @Test
    void shouldPassOverWhatItDoesNotKnowOrCannotRead() throws IOException {
        assertThat(read("event: surprise\ndata: {}\n\nevent: block\ndata: {nonsense\n\ndata: orphan\n\n"))
                .isEmpty();
    }

    @Test
    void shouldNotDeliverAnEventThatIsCutOff() throws IOException {
        assertThat(read("event: block\ndata: " + BLOCK)).isEmpty();
    }

    @Test
    void shouldComeBackWhereItWas() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
            byte[] answer = ("id: 7-1\nevent: block\ndata: " + BLOCK
                            + "\n\nid: 7-2\n: still here\n\nid: 7-3\nevent: cut")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpEventStream resumed = new HttpEventStream(
                    http,
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                    "block",
                    Duration.ofSeconds(5),
                    JsonMapper.builder()
                            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .build());
            resumed.read(() -> {}, _ -> {});
            resumed.read(() -> {}, _ -> {});
        } finally {
            server.stop(0);
        }

        // Nothing at first; then the last id whose event was whole.
        assertThat(asked).containsExactly("null", "7-2");
    }

    @Test
    void shouldRefuseALineWithoutEnd() {
        String endless = "data: " + "x".repeat(HttpEventStream.MAX_LINE_CHARACTERS);

        assertThatThrownBy(() -> read(endless)).isInstanceOf(IOException.class);
    }

    private List<NodeEvent> read(String text) throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        stream.readEvents(new StringReader(text), events::add);
        return events;
    }
}
