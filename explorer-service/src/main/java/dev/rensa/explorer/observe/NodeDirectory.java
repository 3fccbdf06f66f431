package dev.rensa.explorer.observe;

import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.crypto.BlockHash;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The latest view of every node, by node key. A node that answers at two addresses is one node; an address where
 * another node answers now is another node. Guarded by its own lock; readers get copies.
 */
public final class NodeDirectory {

    /** Most nodes that are remembered; beyond it the one that has been silent for longest is forgotten. */
    static final int MAX_NODES = 256;

    /** How long a node that nobody follows any more is still shown: time enough to see that it went. */
    static final long REMEMBER_MILLIS = 3_600_000;

    /** How old a view from another address must be before this one replaces it: two addresses must not flicker. */
    private static final long STALE_MILLIS = 5_000;

    /** How long a network may be silent before another that answers is followed instead: a restart is no change. */
    static final long NETWORK_PATIENCE_MILLIS = 60_000;

    private final LongSupplier clock;
    private final Map<String, Entry> byIdentity = new LinkedHashMap<>();
    private @Nullable BlockHash network;
    private long networkSeenMillis;

    private record Entry(NodeView view, NodeClient client) {}

    /**
     * An empty directory.
     *
     * @param clock milliseconds since 1970-01-01 UTC
     * @param network the network that was followed before the last stop, which is waited for
     */
    public NodeDirectory(LongSupplier clock, @Nullable BlockHash network) {
        this.clock = clock;
        this.network = network;
        this.networkSeenMillis = clock.getAsLong();
    }

    /**
     * Takes a new view of the node that answers, or should answer, at the view's address.
     *
     * @return how the same node was seen before, wherever that was; empty if it was not, or another address is its own
     */
    synchronized Optional<NodeView> record(NodeView view, NodeClient client) {
        String identity = view.identity();
        if (view.reported() != null) {
            byIdentity.remove(view.url().toString());
        }
        Entry known = byIdentity.get(identity);
        if (known != null
                && !known.view().url().equals(view.url())
                && known.view().reachable()) {
            boolean stale = clock.getAsLong() - known.view().lastSeenMillis() > STALE_MILLIS;
            if (!view.reachable() || !stale) {
                return Optional.empty();
            }
        }
        NodeView kept = known == null ? view : view.knownSince(known.view().firstSeenMillis());
        byIdentity.put(identity, new Entry(kept, client));
        loseOthersAt(view.url(), identity);
        forgetBeyondBounds();
        chooseNetwork();
        return Optional.ofNullable(known).map(Entry::view);
    }

    /** Notes that an address is followed no more. */
    synchronized void release(URI url, String reason) {
        byIdentity.remove(url.toString());
        byIdentity.replaceAll((identity, entry) ->
                entry.view().url().equals(url) ? new Entry(entry.view().lost(reason), entry.client()) : entry);
    }

    private void loseOthersAt(URI url, String identity) {
        byIdentity.replaceAll((other, entry) -> other.equals(identity)
                        || !entry.view().url().equals(url)
                        || !entry.view().reachable()
                ? entry
                : new Entry(entry.view().lost("another node answers at its address now"), entry.client()));
    }

    private void forgetBeyondBounds() {
        long now = clock.getAsLong();
        byIdentity
                .values()
                .removeIf(entry -> !entry.view().reachable()
                        && entry.view().lastSeenMillis() > 0
                        && now - entry.view().lastSeenMillis() > REMEMBER_MILLIS);
        while (byIdentity.size() > MAX_NODES) {
            byIdentity.entrySet().stream()
                    .min(Comparator.comparingLong(
                            entry -> entry.getValue().view().lastSeenMillis()))
                    .map(Map.Entry::getKey)
                    .ifPresent(byIdentity::remove);
        }
    }

    /** Stays with a network while any of its nodes answers; nodes of another genesis are shown, but not followed. */
    private void chooseNetwork() {
        long now = clock.getAsLong();
        Map<BlockHash, Integer> reachable = new LinkedHashMap<>();
        for (Entry entry : byIdentity.values()) {
            Report report = entry.view().reported();
            if (entry.view().reachable() && report != null) {
                reachable.merge(report.network(), 1, Integer::sum);
            }
        }
        if (network != null && reachable.containsKey(network)) {
            networkSeenMillis = now;
        } else if (network == null || now - networkSeenMillis > NETWORK_PATIENCE_MILLIS) {
            reachable.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(most -> {
                network = most.getKey();
                networkSeenMillis = now;
            });
        }
    }

    /** The network that is followed: block 0's hash. Empty until a node has answered for the first time. */
    public synchronized Optional<BlockHash> network() {
        return Optional.ofNullable(network);
    }

    /** Every node known, by name and key; addresses that never answered come last. */
    public synchronized List<NodeView> views() {
        return byIdentity.values().stream()
                .map(Entry::view)
                .sorted(Comparator.<NodeView, Boolean>comparing(view -> view.reported() == null)
                        .thenComparing(NodeDirectory::name)
                        .thenComparing(NodeView::identity))
                .toList();
    }

    /** The nodes of the followed network that answered last time. */
    public List<NodeView> reachable() {
        Optional<BlockHash> followed = network();
        return followed.map(hash -> views().stream()
                        .filter(view -> view.isReachableOn(hash))
                        .toList())
                .orElse(List.of());
    }

    /** The client of a node by its identity. */
    public synchronized Optional<NodeClient> client(NodeView view) {
        return Optional.ofNullable(byIdentity.get(view.identity())).map(Entry::client);
    }

    /** The reachable nodes of the followed network, best chain first by the fork choice. */
    public List<NodeView> bestFirst() {
        return reachable().stream()
                .sorted(Comparator.comparing(NodeDirectory::head, Head.BY_FORK_CHOICE)
                        .reversed())
                .toList();
    }

    /** The best head that a reachable node of the followed network has. */
    public Optional<Head> bestHead() {
        return best(reachable());
    }

    /** The best head among the given views by the fork choice. */
    private static Optional<Head> best(Collection<NodeView> views) {
        return views.stream()
                .flatMap(view -> view.report().stream())
                .map(Report::head)
                .max(Head.BY_FORK_CHOICE);
    }

    private static Head head(NodeView view) {
        return view.report().orElseThrow().head();
    }

    private static String name(NodeView view) {
        return view.report().map(report -> report.status().name()).orElse("");
    }
}
