package dev.rensa.wallet.node;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Keeps a client for every address that the sources name. {@link #find()} is for one thread, {@link #nodes()} for all. */
public final class NodeFinder {

    /** How long an address is still asked that no source names any more: a request to it may be under way. */
    static final long KEEP_MILLIS = 60_000;

    private final NodeSources sources;
    private final Function<URI, Node> client;
    private final Clock clock;
    private final Map<URI, Found> found = new LinkedHashMap<>();
    private volatile List<Node> nodes;

    private record Found(Node node, long namedMillis) {}

    /** Begins with the addresses that need no resolving. */
    public NodeFinder(NodeSources sources, Function<URI, Node> client, Clock clock) {
        this.sources = sources;
        this.client = client;
        this.clock = clock;
        take(new LinkedHashSet<>(sources.fixed()));
        this.nodes = found.values().stream().map(Found::node).toList();
    }

    /** Asks the sources. May block for as long as the system's resolver waits. */
    public void find() {
        take(sources.addresses());
        long now = clock.millis();
        found.values().removeIf(each -> {
            boolean gone = now - each.namedMillis() > KEEP_MILLIS;
            if (gone) {
                each.node().close();
            }
            return gone;
        });
        nodes = found.values().stream().map(Found::node).toList();
    }

    /** The nodes known now, at most one an address. */
    public List<Node> nodes() {
        return nodes;
    }

    private void take(Set<URI> addresses) {
        long now = clock.millis();
        for (URI address : addresses) {
            Found known = found.get(address);
            found.put(address, new Found(known == null ? client.apply(address) : known.node(), now));
        }
    }
}
