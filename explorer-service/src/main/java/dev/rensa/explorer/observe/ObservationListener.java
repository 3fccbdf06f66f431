package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import dev.rensa.protocol.api.NodeEvent.Reorganisation;
import dev.rensa.protocol.api.NodeEvent.TransactionChanged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what the followers see. Called on the follower's threads; what comes from one node's events is told in
 * their order. Hashes and numbers of events are not checked yet.
 */
public interface ObservationListener {

    /**
     * A node answered.
     *
     * @param previous how the same node was seen before, at whatever address; absent at the first contact
     */
    default void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {}

    /** A node answered before and does not any more. */
    default void lost(NodeView node) {}

    /** A node told that a block became its tip. */
    default void blockConnected(NodeView node, BlockConnected event) {}

    /** A node told that its chain changed to another branch. */
    default void reorganised(NodeView node, Reorganisation event) {}

    /** A node told that a transaction changed its state there. */
    default void transactionChanged(NodeView node, TransactionChanged event) {}

    /** One that tells all of the given ones, in their order. */
    static ObservationListener all(List<ObservationListener> listeners) {
        return new ObservationListener() {
            @Override
            public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
                listeners.forEach(listener -> listener.seen(now, previous, client));
            }

            @Override
            public void lost(NodeView node) {
                listeners.forEach(listener -> listener.lost(node));
            }

            @Override
            public void blockConnected(NodeView node, BlockConnected event) {
                listeners.forEach(listener -> listener.blockConnected(node, event));
            }

            @Override
            public void reorganised(NodeView node, Reorganisation event) {
                listeners.forEach(listener -> listener.reorganised(node, event));
            }

            @Override
            public void transactionChanged(NodeView node, TransactionChanged event) {
                listeners.forEach(listener -> listener.transactionChanged(node, event));
            }
        };
    }
}
