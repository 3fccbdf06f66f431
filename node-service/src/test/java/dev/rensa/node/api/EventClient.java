package dev.rensa.node.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A client of the event stream over a socket of its own, as close to the wire as can be. */
final class EventClient implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final int MAX_LINES = 1_000_000;

    record Event(String id, String name, String data) {}

    private final Socket socket;
    private final BufferedReader lines;
    final String status;

    /** The last id that was told, be it with an event or a comment. */
    String lastId = "";

    EventClient(URI events, Optional<String> lastEventId) throws IOException {
        socket = new Socket(events.getHost(), events.getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        String path = events.getRawPath() + (events.getRawQuery() == null ? "" : "?" + events.getRawQuery());
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                + lastEventId.map(id -> "Last-Event-ID: " + id + "\r\n").orElse("") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = lines.readLine();
        while (!lines.readLine().isEmpty()) {
            // The head's other lines matter to nobody here.
        }
    }

    /** The next event; sizes of chunks and comments are passed over, but for ids. */
    Event next() throws IOException {
        String name = "";
        String data = "";
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_TIMEOUT_MILLIS);
        for (int i = 0; i < MAX_LINES && System.nanoTime() < end; i++) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring("data:".length()).strip();
            } else if (line.startsWith("id:")) {
                lastId = line.substring("id:".length()).strip();
            } else if (line.isEmpty() && !data.isEmpty()) {
                return new Event(lastId, name, data);
            }
        }
        throw new IOException("no event within " + MAX_LINES + " lines or " + READ_TIMEOUT_MILLIS + " ms");
    }

    /** Reads until an id was told. */
    String awaitId() throws IOException {
        for (int i = 0; i < MAX_LINES && lastId.isEmpty(); i++) {
            String line = lines.readLine();
            if (line.startsWith("id:")) {
                lastId = line.substring("id:".length()).strip();
            }
        }
        return lastId;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
