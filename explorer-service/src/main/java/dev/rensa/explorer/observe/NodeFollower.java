package dev.rensa.explorer.observe;

import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import dev.rensa.protocol.api.NodeEvent.Gap;
import dev.rensa.protocol.api.NodeEvent.PeerChanged;
import dev.rensa.protocol.api.NodeEvent.Reorganisation;
import dev.rensa.protocol.api.NodeEvent.TransactionChanged;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Follows whatever node answers at one address: asks its status when told to, and listens to its events while it is
 * reachable. Every event of a block asks the status again, so a head is seen as it changes and not a second later.
 */
final class NodeFollower implements AutoCloseable {

    private final NodeClient client;
    private final StreamReader chainEvents;
    private final List<StreamReader> streams;
    private final NodeDirectory directory;
    private final ObservationListener listener;
    private final Executor executor;
    private final LongSupplier clock;

    private final AtomicBoolean pollWaits = new AtomicBoolean();
    private final ReentrantLock polling = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Written under {@link #polling}, read by the events' thread too. */
    private volatile NodeView view;

    NodeFollower(
            NodeClient client,
            EventStreams eventStreams,
            NodeDirectory directory,
            ObservationListener listener,
            Executor executor,
            LongSupplier clock) {
        this.client = client;
        URI url = client.url();
        this.chainEvents = new StreamReader(eventStreams.chain(), "events-" + url, this::heard);
        this.streams = eventStreams
                .transactions()
                .map(stream -> new StreamReader(stream, "transactions-" + url, this::heard))
                .map(transactions -> List.of(chainEvents, transactions))
                .orElse(List.of(chainEvents));
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
            NodeView elsewhere = directory.record(view, client).orElse(null);
            if (view.reachable()) {
                boolean sameNode =
                        previous.reported() != null && previous.identity().equals(view.identity());
                listener.seen(view, sameNode ? previous : elsewhere, client);
                streams.forEach(stream -> stream.openIfDue(clock.getAsLong()));
            } else {
                streams.forEach(StreamReader::stop);
                if (previous.reachable()) {
                    listener.lost(view);
                }
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
            return new NodeView(
                    url(), report, true, null, first, clock.getAsLong(), latencyMillis, offset, chainEvents.isOpen());
        } catch (NodeTroubleException e) {
            return previous.lost(e.getMessage() == null ? "it does not answer" : e.getMessage());
        }
    }

    private void heard(NodeEvent event) {
        switch (event) {
            case BlockConnected block -> {
                listener.blockConnected(view, block);
                requestPoll();
            }
            case Reorganisation reorganisation -> {
                listener.reorganised(view, reorganisation);
                requestPoll();
            }
            // What is missing, the status shows.
            case Gap gap -> requestPoll();
            case TransactionChanged changed -> listener.transactionChanged(view, changed);
            case PeerChanged peer -> requestPoll();
        }
    }

    @Override
    public void close() {
        closed.set(true);
        streams.forEach(StreamReader::stop);
        client.close();
    }
}
