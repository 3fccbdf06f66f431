package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import dev.rensa.protocol.api.NodeEvent.TransactionChanged;
import org.jspecify.annotations.Nullable;

/** Tells of blocks and transactions on their way from node to node, to those who watch them travel. */
public final class LiveTravel implements ObservationListener {

    private static final int KEY_CHARACTERS = 64;

    private final LiveEvents events;
    private final ShownTransactions shown = new ShownTransactions(System::nanoTime);

    public LiveTravel(LiveEvents events) {
        this.events = events;
    }

    /**
     * A node has a block now.
     *
     * @param from key of the peer that sent it, absent when the node mined it, or when that is not known
     * @param timeMillis when, by this explorer's clock, about
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ArrivalEvent(
            String node, String hash, long height, @Nullable String from, long timeMillis) {}

    /**
     * A transaction changed its state on a node.
     *
     * @param state as in its passport
     */
    public record TransactionEvent(String node, String id, String state, long timeMillis) {}

    @Override
    public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
        Report report = now.reported();
        Report before = previous == null ? null : previous.reported();
        boolean told = now.events();
        if (report != null
                && before != null
                && !told
                && !report.head().hash().equals(before.head().hash())) {
            events.flash(
                    "arrival",
                    new ArrivalEvent(
                            now.identity(),
                            report.head().hash().toHex(),
                            report.head().height(),
                            null,
                            now.lastSeenMillis()));
        }
    }

    @Override
    public void blockConnected(NodeView node, BlockConnected event) {
        String from = event.receivedFrom();
        if (isKey(event.hash()) && (from == null || isKey(from))) {
            events.flash(
                    "arrival",
                    new ArrivalEvent(
                            node.identity(),
                            event.hash(),
                            event.height(),
                            from,
                            event.timeMillis() - node.clockOffsetMillis()));
        }
    }

    @Override
    public void transactionChanged(NodeView node, TransactionChanged event) {
        if (isKey(event.id()) && isState(event.state()) && shown.isShown(event.id())) {
            events.flash(
                    "transaction",
                    new TransactionEvent(
                            node.identity(), event.id(), event.state(), event.timeMillis() - node.clockOffsetMillis()));
        }
    }

    /** What nodes tell is not checked yet: hashes, ids and keys have one length. */
    private static boolean isKey(@Nullable String text) {
        return text != null && text.length() == KEY_CHARACTERS;
    }

    private static boolean isState(@Nullable String text) {
        return text != null && text.length() <= KEY_CHARACTERS;
    }
}
