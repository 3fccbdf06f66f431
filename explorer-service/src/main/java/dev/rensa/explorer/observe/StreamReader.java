package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.NodeEvent;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one event stream of a node open, on a thread of its own. */
final class StreamReader {

    /** Pause before a stream that ended is opened again: it goes on where it was, so soon is cheap. */
    static final long RETRY_MILLIS = 1_000;

    private final EventStream stream;
    private final String name;
    private final Consumer<NodeEvent> events;

    private volatile boolean open;
    private volatile long triedMillis = -RETRY_MILLIS;
    private volatile @Nullable Thread thread;

    StreamReader(EventStream stream, String name, Consumer<NodeEvent> events) {
        this.stream = stream;
        this.name = name;
        this.events = events;
    }

    boolean isOpen() {
        return open;
    }

    /** Opens the stream unless it is open or was tried a moment ago. Called by one thread at a time. */
    void openIfDue(long nowMillis) {
        if (thread == null && nowMillis - triedMillis >= RETRY_MILLIS) {
            triedMillis = nowMillis;
            Thread reader = Thread.ofVirtual().name(name).unstarted(this::read);
            // Before it starts: a reader that fails at once clears the field itself.
            thread = reader;
            reader.start();
        }
    }

    private void read() {
        try {
            stream.read(() -> open = true, events);
        } catch (IOException e) {
            // Polling is the fall-back; the page says which of the two each node is followed by.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open = false;
            thread = null;
        }
    }

    void stop() {
        Thread reader = thread;
        if (reader != null) {
            reader.interrupt();
        }
    }
}
