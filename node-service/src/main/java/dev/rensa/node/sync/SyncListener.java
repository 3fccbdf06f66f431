package dev.rensa.node.sync;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.verdict.Rejection;

/** Hears what a person should know about catching up. */
@FunctionalInterface
public interface SyncListener {

    /**
     * A peer is on a branch that we do not follow although it has more work: see the limit that the rejection names.
     * Somebody must decide by hand.
     */
    void branchRefused(NodeKey peer, Rejection rejection);
}
