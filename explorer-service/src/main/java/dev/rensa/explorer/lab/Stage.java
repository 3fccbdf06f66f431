package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the nodes for the time of a story: their miners rest, and its two sides are cut off from each other. Safe
 * for use by several threads: a story may be ended in the middle of a step.
 */
final class Stage {

    /** Nodes undo it by themselves after that, should the explorer be gone; every step orders it anew. */
    static final Duration STANDS = Duration.ofMinutes(15);

    private static final Optional<Long> STANDS_SECONDS = Optional.of(STANDS.toSeconds());

    private final StoryPlan plan;
    private final LabOrders orders;
    private final NodeDirectory directory;

    /** Whose miners are to go on in the end, by node key; guarded by this. */
    private final Map<String, NodeView> resting = new LinkedHashMap<>();

    Stage(StoryPlan plan, LabOrders orders, NodeDirectory directory) {
        this.plan = plan;
        this.orders = orders;
        this.directory = directory;
    }

    NodeClient client(NodeView node) throws NodeTroubleException {
        return directory
                .client(node)
                .orElseThrow(() -> new NodeTroubleException("node " + LabOrders.nameOf(node) + " is gone"));
    }

    /** Lets miners rest that run, and those rest on that do already. */
    void restMiners() throws StoryTroubleException, NodeTroubleException {
        List<NodeView> running = new ArrayList<>();
        for (NodeView node : plan.everybody()) {
            if (client(node).status().mining().running()) {
                running.add(node);
            }
        }
        synchronized (this) {
            running.forEach(node -> resting.put(node.identity(), node));
        }
        require("did not stop its miner", orders.giveAll(resting(), it -> it.stopMining(STANDS_SECONDS)));
    }

    private synchronized List<NodeView> resting() {
        return List.copyOf(resting.values());
    }

    void cut() throws StoryTroubleException {
        require("did not cut its links", orders.split(plan.honest(), plan.attackers(), STANDS_SECONDS));
    }

    void heal() throws StoryTroubleException {
        require("did not heal its links", orders.heal());
    }

    private static void require(String otherwise, Collection<OrderReport> reports) throws StoryTroubleException {
        Optional<String> failed = failure(otherwise, reports);
        if (failed.isPresent()) {
            throw new StoryTroubleException(failed.get());
        }
    }

    private static Optional<String> failure(String what, Collection<OrderReport> reports) {
        return reports.stream()
                .filter(report -> !report.done())
                .findFirst()
                .map(report -> "Node " + report.name() + " " + what + ": " + report.detail());
    }

    /**
     * Heals the links and lets the miners go on.
     *
     * @return what is left as it is, a sentence; null if nothing is
     */
    @Nullable
    String clear() {
        Optional<String> cut = failure("did not heal its links", orders.heal());
        Optional<String> still =
                failure("did not let its miner go on", orders.giveAll(resting(), LabNode::startMining));
        return cut.or(() -> still)
                .map(left -> left + ". It does by itself within " + STANDS.toMinutes() + " minutes.")
                .orElse(null);
    }
}
