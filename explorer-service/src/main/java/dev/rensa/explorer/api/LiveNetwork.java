package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.explorer.history.Recorder;
import dev.rensa.explorer.history.Told;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.explorer.tree.Agreement;
import dev.rensa.explorer.tree.Reorganisation;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Turns what is seen of the network into events of the explorer's own stream. */
public final class LiveNetwork implements ObservationListener, TreeListener {

    /** Heads that are remembered so that each is told once; more nodes than are ever followed. */
    private static final int MAX_HEADS = 1_000;

    private final LiveEvents events;
    private final Recorder recorder;
    private final NodeDirectory directory;

    /** The head that was told last, by node key. */
    private final Map<String, String> heads = new ConcurrentHashMap<>();

    private volatile boolean split;

    public LiveNetwork(LiveEvents events, Recorder recorder, NodeDirectory directory) {
        this.events = events;
        this.recorder = recorder;
        this.directory = directory;
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
     * A node has another head.
     *
     * @param node its key
     * @param timeMillis when it took it, by this explorer's clock, about
     */
    public record HeadEvent(String node, long height, String hash, long timeMillis) {}

    /**
     * A node came or went.
     *
     * @param state {@code reachable}, {@code restarted}, {@code moved} (it answers at another address), {@code reset} (its
     *     chain began anew) or {@code lost}
     * @param trouble why it cannot be reached
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeEvent(
            String node, String url, String state, @Nullable String trouble) {}

    /** The index has another tip. */
    public record TipEvent(long height, String hash) {}

    /**
     * Where every node stands at a moment: replay begins there.
     *
     * @param heads of the nodes that can be reached
     */
    public record Keyframe(List<NodeHead> heads, AgreementInfo agreement) {}

    /** A node's head. */
    public record NodeHead(String node, String name, long height, String hash) {}

    @Override
    public void blockSeen(TreeBlock block) {
        tell(
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
    public void blockArrived(TreeBlock block, String nodeKey, long millis) {
        recorder.seen(block.hash());
        tellHead(nodeKey, block.height(), block.hash().toHex(), millis);
    }

    /** Nodes lag for a moment with every block: only that they are split, and are no more, is history. */
    @Override
    public void agreementChanged(Agreement agreement) {
        String json = events.publish("agreement", AgreementInfo.of(agreement));
        boolean isSplit = agreement.state() == Agreement.State.SPLIT;
        if (isSplit || split) {
            recorder.told("agreement", json);
        }
        split = isSplit;
    }

    @Override
    public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
        String change = change(now, previous);
        if (change != null) {
            tell("node", new NodeEvent(now.identity(), now.url().toString(), change, null));
        }
        Report report = now.reported();
        boolean ours = directory
                .network()
                .map(network -> report != null && report.network().equals(network))
                .orElse(false);
        if (report != null && ours && isOther(report, previous)) {
            tellHead(
                    now.identity(), report.head().height(), report.head().hash().toHex(), now.lastSeenMillis());
        }
    }

    private static @Nullable String change(NodeView now, @Nullable NodeView previous) {
        if (previous == null || previous.reported() == null || now.reported() == null) {
            return "reachable";
        }
        if (!previous.url().equals(now.url())) {
            return "moved";
        }
        Report before = previous.reported();
        Report after = now.reported();
        if (after.head().height() == 0 && before.head().height() > 0) {
            return "reset";
        }
        if (after.status().startedAtMillis() != before.status().startedAtMillis()) {
            return "restarted";
        }
        return previous.reachable() ? null : "reachable";
    }

    private static boolean isOther(Report report, @Nullable NodeView previous) {
        return previous == null
                || previous.reported() == null
                || !previous.reported().head().hash().equals(report.head().hash());
    }

    @Override
    public void lost(NodeView node) {
        heads.remove(node.identity());
        tell("node", new NodeEvent(node.identity(), node.url().toString(), "lost", node.trouble()));
    }

    /** A node left a branch. */
    public void reorganised(Reorganisation change) {
        tell("reorganisation", ReorganisationInfo.of(change));
    }

    /** Notes where every node stands. */
    public void keyframe(Agreement agreement) {
        List<NodeHead> now = directory.reachable().stream()
                .flatMap(view -> view.report().stream())
                .map(report -> new NodeHead(
                        report.status().nodeKey(),
                        report.status().name(),
                        report.head().height(),
                        report.head().hash().toHex()))
                .toList();
        recorder.told(Told.KEYFRAME, events.text(new Keyframe(now, AgreementInfo.of(agreement))));
    }

    private void tellHead(String node, long height, String hash, long millis) {
        if (heads.size() > MAX_HEADS) {
            heads.clear();
        }
        if (!hash.equals(heads.put(node, hash))) {
            tell("head", new HeadEvent(node, height, hash, millis));
        }
    }

    private void tell(String name, Object data) {
        recorder.told(name, events.publish(name, data));
    }

    /** The index has come on. */
    public void indexed(long height, String hash) {
        events.publish("tip", new TipEvent(height, hash));
    }
}
