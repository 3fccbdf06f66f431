package dev.rensa.node.snapshot;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.Optional;

/** What is known of the branches that peers follow. */
public interface PeerTips {

    /** Whether no peer is believed to have a better header than we. */
    boolean areKnown();

    /** Whether all peers that came by then and claim a better header have had time to show it. */
    boolean hadTheirTurn(long byMillis);

    /** A peer's tip, if its header is here. */
    Optional<BlockHash> proven(NodeKey peer);
}
