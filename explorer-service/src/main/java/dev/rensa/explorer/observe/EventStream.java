package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.NodeEvent;
import java.io.IOException;
import java.util.function.Consumer;

/** A node's server-sent events. */
public interface EventStream {

    /**
     * Reads events until the stream ends or fails, or the thread is interrupted.
     *
     * @param opened run once the node has accepted
     * @throws IOException if it cannot be opened, or breaks
     */
    void read(Runnable opened, Consumer<NodeEvent> events) throws IOException, InterruptedException;
}
