package dev.rensa.node.core;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.gossip.RelayListener;
import dev.rensa.node.mempool.MempoolListener;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.verdict.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * Hears what happens in a node, on the writer thread, after it happened. It must return at once and not call back into
 * the node. What it hears as {@link MempoolListener} the mempool tells it, so hand the same object to both. What travels
 * between nodes it is told as {@link RelayListener}.
 */
public interface NodeListener extends MempoolListener, RelayListener {

    /**
     * The canonical chain moved.
     *
     * @param from the peer that gave the block which caused it; empty for a block of our own
     */
    void chainChanged(ChainChange change, Optional<NodeKey> from);

    void peerConnected(PeerLink link);

    void peerDisconnected(PeerLink link, Rejection rejection);

    /**
     * A peer told where other nodes may be, or named a host of its own that its connection does not come from.
     *
     * @param addresses at most 256, unverified
     */
    void addressesLearned(PeerInfo from, List<PeerAddress> addresses);

    /** The node took over the accounts behind a block, which is the head now. */
    void baseInstalled(ChainHead base);

    /** A branch with more work is not followed: an alert, since the network may have split for good. */
    void branchRefused(NodeKey peer, Rejection rejection);
}
