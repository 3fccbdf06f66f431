package dev.rensa.explorer.observe;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Keeps one follower for each address at which a node is looked for. */
public final class NodeWatch implements AutoCloseable {

    private final NodeSources sources;
    private final NodeDirectory directory;
    private final Function<URI, NodeClient> clients;
    private final Function<URI, EventStreams> eventStreams;
    private final ObservationListener listener;
    private final Executor executor;
    private final LongSupplier clock;

    private final Map<URI, NodeFollower> followers = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * A watch that has not begun.
     *
     * @param executor runs each question; it should give every one a (virtual) thread, for a silent node holds it
     * @param clock milliseconds since 1970-01-01 UTC
     */
    public NodeWatch(
            NodeSources sources,
            NodeDirectory directory,
            Function<URI, NodeClient> clients,
            Function<URI, EventStreams> eventStreams,
            ObservationListener listener,
            Executor executor,
            LongSupplier clock) {
        this.sources = sources;
        this.directory = directory;
        this.clients = clients;
        this.eventStreams = eventStreams;
        this.listener = listener;
        this.executor = executor;
        this.clock = clock;
    }

    /** Looks where nodes are now and follows those; a run that finds another one at work leaves. */
    public void lookForNodes() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            Set<URI> wanted = sources.addresses();
            for (URI url : List.copyOf(followers.keySet())) {
                if (!wanted.contains(url)) {
                    leave(url);
                }
            }
            for (URI url : wanted) {
                followers.computeIfAbsent(url, this::follow).requestPoll();
            }
        } finally {
            looking.set(false);
        }
    }

    /** Asks every node for its status, each on its own thread. */
    public void pollAll() {
        followers.values().forEach(NodeFollower::requestPoll);
    }

    /** Names in the configuration that do not resolve, each with a sentence why. */
    public Map<String, String> troubles() {
        return sources.troubles();
    }

    private NodeFollower follow(URI url) {
        return new NodeFollower(clients.apply(url), eventStreams.apply(url), directory, listener, executor, clock);
    }

    private void leave(URI url) {
        NodeFollower follower = followers.remove(url);
        if (follower != null) {
            follower.close();
            directory.release(url, "its address is no longer listed, neither in the configuration nor by DNS");
        }
    }

    @Override
    public void close() {
        List<NodeFollower> all = new ArrayList<>(followers.values());
        followers.clear();
        all.forEach(NodeFollower::close);
    }
}
