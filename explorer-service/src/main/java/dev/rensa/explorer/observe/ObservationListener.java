package dev.rensa.explorer.observe;

import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import org.jspecify.annotations.Nullable;

/** Who is told what the followers see. Called on the follower's thread, for one node never by two at once. */
public interface ObservationListener {

    /**
     * A node answered.
     *
     * @param previous how this follower saw the same node before, absent at the first contact
     */
    void seen(NodeView now, @Nullable NodeView previous, NodeClient client);

    /** A node told that a block became its tip. Its hashes and numbers are not checked yet. */
    void blockConnected(NodeView node, BlockConnected event);
}
