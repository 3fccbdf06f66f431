package dev.rensa.explorer.tree;

import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a node leaves a branch: by its event, or, while its events are not followed, by two statuses whose tips lie
 * on different branches of the tree.
 */
public final class ReorganisationWatch implements ObservationListener {

    /** Most changes that polling found and of which an event may still tell. */
    private static final int MAX_POLLED = 1_000;

    private final Supplier<TreeSnapshot> tree;

    /** Guarded by itself. */
    private final Set<Polled> polled = new LinkedHashSet<>();

    private record Polled(String nodeKey, BlockHash from, BlockHash to) {}

    private final Consumer<Reorganisation> found;

    /** A watch that looks blocks up in the tree, which must have been told of a status before this is. */
    public ReorganisationWatch(Supplier<TreeSnapshot> tree, Consumer<Reorganisation> found) {
        this.tree = tree;
        this.found = found;
    }

    @Override
    public void reorganised(NodeView node, NodeEvent.Reorganisation event) {
        Report report = node.reported();
        if (report == null) {
            return;
        }
        try {
            if (event.disconnected().isEmpty() || event.connected().isEmpty()) {
                return;
            }
            tell(new Reorganisation(
                    report.network(),
                    report.status().nodeKey(),
                    report.status().name(),
                    event.timeMillis(),
                    BlockHash.fromHex(event.forkBlock()),
                    event.forkHeight(),
                    BlockHash.fromHex(event.disconnected().getFirst()),
                    BlockHash.fromHex(event.connected().getLast()),
                    event.forkHeight() + event.connected().size(),
                    event.disconnected().size(),
                    event.returnedTransactions()));
        } catch (IllegalArgumentException | NullPointerException e) {
            // A malformed event: its status shows the new tip all the same.
        }
    }

    @Override
    public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
        Report after = now.reported();
        Report before = previous == null ? null : previous.reported();
        if (after == null || before == null || now.events() || !after.network().equals(before.network())) {
            return;
        }
        Head from = before.head();
        Head to = after.head();
        if (from.hash().equals(to.hash())) {
            return;
        }
        TreeSnapshot snapshot = tree.get();
        Optional<TreeBlock> fork =
                snapshot.block(from.hash()).flatMap(_ -> snapshot.lastCommon(from.hash(), to.hash()));
        fork.filter(block -> !block.hash().equals(from.hash()) && !block.hash().equals(to.hash()))
                .ifPresent(block -> tell(new Reorganisation(
                        after.network(),
                        after.status().nodeKey(),
                        after.status().name(),
                        now.lastSeenMillis(),
                        block.hash(),
                        block.height(),
                        from.hash(),
                        to.hash(),
                        to.height(),
                        (int) (from.height() - block.height()),
                        null)));
    }

    /** An event that comes late tells of a change that polling found before it. */
    private void tell(Reorganisation change) {
        Polled key = new Polled(change.nodeKey(), change.from(), change.to());
        synchronized (polled) {
            if (change.returned() != null && polled.remove(key)) {
                return;
            }
            if (change.returned() == null) {
                polled.add(key);
                if (polled.size() > MAX_POLLED) {
                    polled.remove(polled.iterator().next());
                }
            }
        }
        found.accept(change);
    }
}
