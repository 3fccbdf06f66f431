package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeRefusalException;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LinkFaultRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives orders to many nodes at once, and reports on each. Safe for use by several threads. */
public final class LabOrders {

    /** Clients that are kept; beyond it those go whose nodes are at other addresses now. */
    private static final int MAX_CLIENTS = 512;

    private final NodeDirectory directory;
    private final Function<URI, LabNode> connect;
    private final ExecutorService executor;
    private final Map<URI, LabNode> clients = new ConcurrentHashMap<>();

    /** What a node is told to do. */
    @FunctionalInterface
    public interface Order {

        void give(LabNode node) throws NodeTroubleException, NodeRefusalException;
    }

    /**
     * Orders nothing yet.
     *
     * @param executor runs each order; it should give every one a (virtual) thread
     */
    public LabOrders(NodeDirectory directory, Function<URI, LabNode> connect, ExecutorService executor) {
        this.directory = directory;
        this.connect = connect;
        this.executor = executor;
    }

    /** The reachable nodes of the network that is followed. */
    public List<NodeView> nodes() {
        return directory.reachable();
    }

    /** Those of them that have a lab. */
    public List<NodeView> withLab() {
        return nodes().stream().filter(LabOrders::hasLab).toList();
    }

    /** Whether a node said that it has a lab. */
    public static boolean hasLab(NodeView node) {
        return node.report().map(report -> report.status().lab()).orElse(false);
    }

    /** A node's name for people. */
    public static String nameOf(NodeView node) {
        return node.report().map(report -> report.status().name()).orElse("");
    }

    /** The way to a node. */
    public LabNode node(NodeView node) {
        if (clients.size() >= MAX_CLIENTS) {
            forgetFormerAddresses();
        }
        return clients.computeIfAbsent(node.url(), connect);
    }

    /** Makes a client of its own for each node again: those that there are were closed by whoever made them. */
    public void connectAnew() {
        clients.clear();
    }

    private void forgetFormerAddresses() {
        Set<URI> present = directory.views().stream().map(NodeView::url).collect(Collectors.toSet());
        clients.keySet().stream()
                .filter(url -> !present.contains(url))
                .toList()
                .forEach(url -> Optional.ofNullable(clients.remove(url)).ifPresent(LabNode::close));
    }

    /** Gives each node its order, all at the same time, and waits for all. */
    public List<OrderReport> give(Map<NodeView, Order> orders) {
        Map<NodeView, Future<OrderReport>> given = new LinkedHashMap<>();
        orders.forEach((node, order) -> given.put(node, executor.submit(() -> give(node, order))));
        List<OrderReport> reports = new ArrayList<>();
        given.forEach((node, report) -> reports.add(join(node, report)));
        return reports;
    }

    /** The same order for all. */
    public List<OrderReport> giveAll(Collection<NodeView> nodes, Order order) {
        Map<NodeView, Order> orders = new LinkedHashMap<>();
        nodes.forEach(node -> orders.put(node, order));
        return give(orders);
    }

    /**
     * Parts two groups: each node with a lab cuts its links to all of the other group.
     *
     * @param forSeconds after what time the cuts heal by themselves; never if empty
     */
    public List<OrderReport> split(Collection<NodeView> left, Collection<NodeView> right, Optional<Long> forSeconds) {
        Map<NodeView, Order> orders = new LinkedHashMap<>();
        left.forEach(node -> cut(node, right, forSeconds, orders));
        right.forEach(node -> cut(node, left, forSeconds, orders));
        return give(orders);
    }

    private static void cut(
            NodeView node, Collection<NodeView> others, Optional<Long> forSeconds, Map<NodeView, Order> orders) {
        if (hasLab(node)) {
            List<String> keys = others.stream().map(NodeView::identity).toList();
            LinkFaultRequest cut = new LinkFaultRequest(keys, true, null, null, null, null, forSeconds.orElse(null));
            orders.put(node, it -> it.disturb(cut));
        }
    }

    /** Heals all links of all nodes with a lab. */
    public List<OrderReport> heal() {
        return giveAll(withLab(), LabNode::healAll);
    }

    /**
     * What disturbs the links of some nodes at present, by node key: a node's view is another one with its next status. Nodes
     * that have no lab or do not answer are left out.
     */
    public Map<String, LabView> views(Collection<NodeView> nodes) {
        Map<String, LabView> views = new ConcurrentHashMap<>();
        Map<NodeView, Order> asks = new LinkedHashMap<>();
        nodes.stream()
                .filter(LabOrders::hasLab)
                .forEach(node -> asks.put(node, it -> views.put(node.identity(), it.lab())));
        give(asks);
        return views;
    }

    private OrderReport give(NodeView node, Order order) {
        try {
            order.give(node(node));
            return new OrderReport(node.identity(), nameOf(node), true, null, null);
        } catch (NodeRefusalException e) {
            return failed(node, e.problem().code(), String.valueOf(e.problem().detail()));
        } catch (NodeTroubleException e) {
            return failed(node, "no-answer", String.valueOf(e.getMessage()));
        }
    }

    private static OrderReport join(NodeView node, Future<OrderReport> report) {
        try {
            return report.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an order ended in a mistake of ours", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(node, "stopping", "the explorer is stopping");
        }
    }

    private static OrderReport failed(NodeView node, String code, String detail) {
        return new OrderReport(node.identity(), nameOf(node), false, code, detail);
    }
}
