package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.explorer.tree.Agreement;
import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeListener;
import org.jspecify.annotations.Nullable;

/** Turns what is seen of the network into events of the explorer's own stream. */
public final class LiveNetwork implements ObservationListener, TreeListener {

    private final LiveEvents events;

    public LiveNetwork(LiveEvents events) {
        this.events = events;
    }

    /**
     * A block that no watched node had for its tip before.
     *
     * @param firstSeenBy key of the node that has it now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BlockEvent(
            String hash,
            String parent,
            long height,
            long timestampMillis,
            String miner,
            int transactionCount,
            @Nullable String firstSeenBy,
            @Nullable Long firstSeenMillis) {}

    /**
     * A node came or went.
     *
     * @param state {@code reachable} or {@code lost}
     * @param trouble why it cannot be reached
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeEvent(
            String node, String url, String state, @Nullable String trouble) {}

    /** The index has another tip. */
    public record TipEvent(long height, String hash) {}

    @Override
    public void blockSeen(TreeBlock block) {
        events.publish(
                "block",
                new BlockEvent(
                        block.hash().toHex(),
                        block.parent().toHex(),
                        block.height(),
                        block.timestampMillis(),
                        block.miner(),
                        block.transactionCount(),
                        block.firstSeen().map(first -> first.getKey()).orElse(null),
                        block.firstSeen().map(first -> first.getValue()).orElse(null)));
    }

    @Override
    public void agreementChanged(Agreement agreement) {
        events.publish("agreement", AgreementInfo.of(agreement));
    }

    @Override
    public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
        if (previous == null || !previous.reachable()) {
            events.publish("node", new NodeEvent(now.identity(), now.url().toString(), "reachable", null));
        }
    }

    @Override
    public void lost(NodeView node) {
        events.publish("node", new NodeEvent(node.identity(), node.url().toString(), "lost", node.trouble()));
    }

    /** A node left a branch. */
    public void reorganised(Reorganisation change) {
        events.publish("reorganisation", ReorganisationInfo.of(change));
    }

    /** The index has come on. */
    public void indexed(long height, String hash) {
        events.publish("tip", new TipEvent(height, hash));
    }
}
