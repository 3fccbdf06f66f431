package dev.rensa.explorer.observe;

import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows whatever node answers at one address: asks its status when told to, and listens to its events while it is
 * reachable. Every event of a block asks the status again, so a head is seen as it changes and not a second later.
 */
final class NodeFollower implements AutoCloseable {

    /** Pause before a stream that ended is opened again; polling goes on meanwhile. */
    static final long EVENTS_RETRY_MILLIS = 5_000;

    private final NodeClient client;
    private final EventStream eventStream;
    private final NodeDirectory directory;
    private final ObservationListener listener;
    private final Executor executor;
    private final LongSupplier clock;

    private final AtomicBoolean pollWaits = new AtomicBoolean();
    private final ReentrantLock polling = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Written under {@link #polling}, read by the events' thread too. */
    private volatile NodeView view;

    private volatile boolean eventsOpen;
    private volatile long eventsTriedMillis;
    private volatile @Nullable Thread eventsThread;

    NodeFollower(
            NodeClient client,
            EventStream eventStream,
            NodeDirectory directory,
            ObservationListener listener,
            Executor executor,
            LongSupplier clock) {
        this.client = client;
        this.eventStream = eventStream;
        this.directory = directory;
        this.listener = listener;
        this.executor = executor;
        this.clock = clock;
        this.view = NodeView.unknown(client.url(), "it has not been asked yet");
    }

    URI url() {
        return client.url();
    }

    /** Asks the node soon; asked again before that has begun, it is one question. */
    void requestPoll() {
        if (!closed.get() && pollWaits.compareAndSet(false, true)) {
            try {
                executor.execute(this::poll);
            } catch (RejectedExecutionException e) {
                // The explorer is stopping.
                pollWaits.set(false);
            }
        }
    }

    /** Asks the node now. */
    void poll() {
        polling.lock();
        try {
            pollWaits.set(false);
            if (closed.get()) {
                return;
            }
            NodeView previous = view;
            view = ask(previous);
            directory.record(view, client);
            if (view.reachable()) {
                boolean sameNode =
                        previous.reported() != null && previous.identity().equals(view.identity());
                listener.seen(view, sameNode ? previous : null, client);
                openEventsIfDue();
            } else {
                stopEvents();
            }
        } finally {
            polling.unlock();
        }
    }

    private NodeView ask(NodeView previous) {
        long askedMillis = clock.getAsLong();
        long askedNanos = System.nanoTime();
        try {
            Report report = ReportReader.read(client.status());
            double latencyMillis = (System.nanoTime() - askedNanos) / 1e6;
            long offset = report.status().timeMillis() - (askedMillis + Math.round(latencyMillis / 2));
            boolean known = previous.reported() != null
                    && previous.identity().equals(report.status().nodeKey());
            long first = known ? previous.firstSeenMillis() : askedMillis;
            return new NodeView(url(), report, true, null, first, clock.getAsLong(), latencyMillis, offset, eventsOpen);
        } catch (NodeTroubleException e) {
            return previous.lost(e.getMessage() == null ? "it does not answer" : e.getMessage());
        }
    }

    private void openEventsIfDue() {
        long now = clock.getAsLong();
        if (eventsThread == null && now - eventsTriedMillis >= EVENTS_RETRY_MILLIS) {
            eventsTriedMillis = now;
            Thread reader = Thread.ofVirtual().name("events-" + url()).unstarted(this::readEvents);
            // Before it starts: a reader that fails at once clears the field itself.
            eventsThread = reader;
            reader.start();
        }
    }

    private void readEvents() {
        try {
            eventStream.read(() -> eventsOpen = true, this::heard);
        } catch (IOException e) {
            // Polling is the fall-back; the page says which of the two each node is followed by.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            eventsOpen = false;
            eventsThread = null;
        }
    }

    private void heard(NodeEvent event) {
        if (event instanceof BlockConnected block) {
            listener.blockConnected(view, block);
        }
        requestPoll();
    }

    private void stopEvents() {
        Thread reader = eventsThread;
        if (reader != null) {
            reader.interrupt();
        }
    }

    @Override
    public void close() {
        closed.set(true);
        stopEvents();
        client.close();
    }
}
