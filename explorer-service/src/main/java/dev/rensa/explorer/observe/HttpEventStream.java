package dev.rensa.explorer.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.NodeEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events over HTTP, after the WHATWG's event stream format. The JDK's client, because a stream that never
 * ends fits none of the REST client's timeouts.
 */
public final class HttpEventStream implements EventStream {

    /** Longest line that is read. A reorganisation of 10,000 blocks, the deepest, names 20,000 hashes: 1.4 MB. */
    static final int MAX_LINE_CHARACTERS = 2_000_000;

    private static final int OK = 200;

    /** Longest id that is kept for coming back; the nodes' own are a third of it. */
    private static final int MAX_ID_CHARACTERS = 100;

    private final HttpClient http;
    private final URI address;
    private final Duration openTimeout;
    private final ObjectMapper json;

    /** Where the stream that ended was; the next one begins there. Written by whoever reads. */
    private volatile @Nullable String lastId;

    /**
     * A stream that is not opened yet.
     *
     * @param node the node's base address
     * @param types names of the events that are wanted, separated by commas
     * @param openTimeout how long the answer's head may take
     * @param json must pass over fields that it does not know
     */
    public HttpEventStream(HttpClient http, URI node, String types, Duration openTimeout, ObjectMapper json) {
        this.http = http;
        String base = node.toString();
        this.address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + NodeApi.EVENTS_PATH + "?types=" + types);
        this.openTimeout = openTimeout;
        this.json = json;
    }

    @Override
    public void read(Runnable opened, Consumer<NodeEvent> events) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .timeout(openTimeout);
        String last = lastId;
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body();
                Reader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            if (response.statusCode() != OK) {
                throw new IOException("the event stream answers with HTTP status " + response.statusCode());
            }
            opened.run();
            readEvents(reader, events);
        }
    }

    /** Retry times and comments are passed over. An id counts once its event, or a comment behind it, is whole. */
    void readEvents(Reader reader, Consumer<NodeEvent> events) throws IOException {
        String name = "";
        String id = lastId;
        StringBuilder data = new StringBuilder();
        for (String line = readLine(reader); line != null; line = readLine(reader)) {
            if (line.isEmpty()) {
                decode(name, data.toString()).ifPresent(events);
                lastId = id;
                name = "";
                data.setLength(0);
            } else if (line.startsWith("id:")) {
                String given = line.substring("id:".length()).strip();
                id = given.length() <= MAX_ID_CHARACTERS ? given : id;
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                if (data.length() + line.length() > MAX_LINE_CHARACTERS) {
                    throw new IOException("an event is longer than " + MAX_LINE_CHARACTERS + " characters");
                }
                data.append(line.substring("data:".length()).strip());
            }
        }
    }

    private Optional<NodeEvent> decode(String name, String data) {
        @Nullable
        Class<? extends NodeEvent> type = switch (name) {
            case "block" -> NodeEvent.BlockConnected.class;
            case "reorganisation" -> NodeEvent.Reorganisation.class;
            case "transaction" -> NodeEvent.TransactionChanged.class;
            case "gap" -> NodeEvent.Gap.class;
            default -> null;
        };
        if (type == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(json.readValue(data, type));
        } catch (JsonProcessingException e) {
            // Polling shows what a malformed event would have told.
            return Optional.empty();
        }
    }

    private static @Nullable String readLine(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != -1; c = reader.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > MAX_LINE_CHARACTERS) {
                throw new IOException("a line is longer than " + MAX_LINE_CHARACTERS + " characters");
            }
        }
        return null;
    }
}
