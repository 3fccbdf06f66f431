package dev.rensa.explorer.api;

import dev.rensa.explorer.lab.HashShare;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LabView.LinkFaultView;
import dev.rensa.protocol.api.StatusView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The labs as they stand, for programs and pages alike, and the nodes that a request names. */
@ApplicationScoped
public class LabReader {

    /** Anybody may ask: the nodes are asked once in this time, however many do. */
    private static final long FRESH_NANOS = 500_000_000;

    /** Links of one node that are shown: as many as a lab disturbs. */
    private static final int MAX_LINKS = 1_024;

    private static final int KEY_CHARACTERS = 64;

    private final LabOrders orders;
    private final LongSupplier nanoClock;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Answer latest;

    /**
     * What the nodes answered.
     *
     * @param changes that orders had made when they were asked
     */
    private record Answer(LabInfo info, long changes, long nanos) {}

    @Inject
    LabReader(LabOrders orders) {
        this(orders, System::nanoTime);
    }

    LabReader(LabOrders orders, LongSupplier nanoClock) {
        this.orders = orders;
        this.nanoClock = nanoClock;
    }

    /** Whether any reachable node has a lab. */
    public boolean isPresent() {
        return !orders.withLab().isEmpty();
    }

    /**
     * All nodes, and what disturbs their links. While somebody asks the nodes, of which one may be slow to answer, others
     * get the last answer, unless an order has been given since.
     */
    public LabInfo lab() {
        Answer known = latest;
        if (known == null || known.changes() != changes.get()) {
            return askInTurn();
        }
        return isFresh(known) ? known.info() : askUnlessSomebodyDoes(known);
    }

    private LabInfo askUnlessSomebodyDoes(Answer known) {
        if (!asking.tryLock()) {
            return known.info();
        }
        try {
            return askIfNobodyDid();
        } finally {
            asking.unlock();
        }
    }

    private LabInfo askInTurn() {
        asking.lock();
        try {
            return askIfNobodyDid();
        } finally {
            asking.unlock();
        }
    }

    private LabInfo askIfNobodyDid() {
        Answer meanwhile = latest;
        if (meanwhile != null && isFresh(meanwhile)) {
            return meanwhile.info();
        }
        long before = changes.get();
        LabInfo info = ask();
        latest = new Answer(info, before, nanoClock.getAsLong());
        return info;
    }

    private boolean isFresh(Answer answer) {
        return answer.changes() == changes.get() && nanoClock.getAsLong() - answer.nanos() <= FRESH_NANOS;
    }

    /** What was asked for before is not true any more. */
    void changed() {
        changes.incrementAndGet();
    }

    private LabInfo ask() {
        List<NodeView> nodes = orders.nodes();
        Map<String, LabView> views = orders.views(nodes);
        return new LabInfo(
                nodes.stream().anyMatch(LabOrders::hasLab),
                nodes.stream()
                        .map(node -> info(node, Optional.ofNullable(views.get(node.identity()))))
                        .toList());
    }

    private static LabInfo.LabNodeInfo info(NodeView node, Optional<LabView> lab) {
        StatusView status = node.report().orElseThrow().status();
        return new LabInfo.LabNodeInfo(
                status.nodeKey(),
                status.name(),
                status.height(),
                status.tip(),
                status.lab(),
                status.mining(),
                lab.map(LabReader::links).orElse(null));
    }

    /** As a node tells them, which may be one of anybody's make. */
    private static @Nullable List<LinkFaultView> links(LabView lab) {
        return lab.links() == null
                ? null
                : lab.links().stream()
                        .filter(LabReader::isSound)
                        .limit(MAX_LINKS)
                        .toList();
    }

    private static boolean isSound(@Nullable LinkFaultView link) {
        return link != null && link.nodeKey() != null && link.nodeKey().length() == KEY_CHARACTERS;
    }

    /** The odds of some nodes, by their share of the hashes of all. */
    OddsInfo oddsOf(List<NodeView> attackers) {
        return OddsInfo.of(shareOf(attackers));
    }

    HashShare shareOf(List<NodeView> attackers) {
        return HashShare.of(
                orders.nodes(), attackers.stream().map(NodeView::identity).collect(Collectors.toSet()));
    }

    /** The reachable nodes with these keys, each once. */
    List<NodeView> named(String field, @Nullable List<String> keys) {
        if (keys == null || keys.isEmpty()) {
            throw ProblemException.badRequest("no-nodes", field + " names no node: it is a list of node keys.");
        }
        Map<String, NodeView> known =
                orders.nodes().stream().collect(Collectors.toMap(NodeView::identity, Function.identity()));
        List<NodeView> named = new ArrayList<>();
        for (String key : new HashSet<>(keys)) {
            NodeView node = key == null ? null : known.get(key);
            if (node == null) {
                throw ProblemException.badRequest(
                        "unknown-node",
                        field + " names a node that cannot be reached at present; /api/nodes lists the keys of all.");
            }
            named.add(node);
        }
        return named;
    }

    /** The node with this key. */
    NodeView named(String field, @Nullable String key) {
        return named(field, key == null ? null : List.of(key)).getFirst();
    }

    /** Two groups of which no node is in both. */
    static void requireApart(List<NodeView> left, List<NodeView> right) {
        Set<String> keys = left.stream().map(NodeView::identity).collect(Collectors.toSet());
        if (right.stream().anyMatch(node -> keys.contains(node.identity()))) {
            throw ProblemException.badRequest("not-apart", "A node stands in both groups.");
        }
    }

    /** Between each node of one group and each of the other, one of the two must have a lab. */
    static void requireLabs(List<NodeView> left, List<NodeView> right) {
        if (!left.stream().allMatch(LabOrders::hasLab) && !right.stream().allMatch(LabOrders::hasLab)) {
            throw noLab("In both groups there are nodes without a lab, and the links between those cannot be cut");
        }
    }

    static ProblemException noLab(String what) {
        return ProblemException.conflict("lab-off", what + ": start nodes with rensa.lab.enabled=true.");
    }

    /** Reachable nodes in neither group. */
    List<String> bridges(List<NodeView> left, List<NodeView> right) {
        Set<String> keys = left.stream().map(NodeView::identity).collect(Collectors.toSet());
        right.forEach(node -> keys.add(node.identity()));
        return orders.nodes().stream()
                .filter(node -> !keys.contains(node.identity()))
                .map(LabOrders::nameOf)
                .toList();
    }
}
