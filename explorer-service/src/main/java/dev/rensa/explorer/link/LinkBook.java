package dev.rensa.explorer.link;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.protocol.api.PeersView.PeerView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps each node's connections, asked on its follower's thread when it has answered anyway. */
public final class LinkBook implements ObservationListener {

    /** How often a node is asked: links change seldom, and the page may show them late. */
    private static final long ASK_EVERY_MILLIS = 5_000;

    /** Most connections taken of one node; a node holds 64 unless told otherwise. */
    private static final int MAX_LINKS = 256;

    /** Most nodes of which connections are kept, above what is followed; behind that all are asked anew. */
    private static final int MAX_NODES = 2_000;

    private static final int KEY_CHARACTERS = 64;

    private final LongSupplier clock;
    private final Map<String, Told> byNode = new ConcurrentHashMap<>();

    private record Told(long askedMillis, List<Link> links) {}

    /** An empty book; {@code clock} gives milliseconds since 1970-01-01 UTC. */
    public LinkBook(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
        String key = now.identity();
        Told told = byNode.get(key);
        long millis = clock.getAsLong();
        if (told != null && millis - told.askedMillis() < ASK_EVERY_MILLIS) {
            return;
        }
        if (byNode.size() > MAX_NODES) {
            byNode.clear();
        }
        try {
            List<Link> links = client.peers().peers().stream()
                    .filter(LinkBook::isSound)
                    .limit(MAX_LINKS)
                    .map(peer -> Link.between(key, peer.nodeKey(), peer.latencyMillis()))
                    .toList();
            byNode.put(key, new Told(millis, links));
        } catch (NodeTroubleException e) {
            // Its next status says whether it still answers.
            byNode.put(key, new Told(millis, told == null ? List.of() : told.links()));
        }
    }

    @Override
    public void lost(NodeView node) {
        byNode.remove(node.identity());
    }

    /** Every connection of a reachable node, once, in the order of the keys. */
    public List<Link> links() {
        Map<String, Link> links = new LinkedHashMap<>();
        new TreeMap<>(byNode)
                .values()
                .forEach(told -> told.links().forEach(link -> links.putIfAbsent(link.from() + link.to(), link)));
        return List.copyOf(links.values());
    }

    private static boolean isSound(@Nullable PeerView peer) {
        return peer != null && peer.nodeKey() != null && peer.nodeKey().length() == KEY_CHARACTERS;
    }
}
