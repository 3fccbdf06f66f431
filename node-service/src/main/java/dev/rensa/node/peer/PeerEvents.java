package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;

/** What the connections tell the node's logic, always on the writer thread. */
public interface PeerEvents {

    /** A handshake succeeded. At most one link to a node key is connected at any time. */
    void connected(PeerLink link);

    void received(PeerLink link, Message message);

    /** Told once for each {@link #connected}; nothing is received from this link afterwards. */
    void disconnected(PeerLink link, Rejection rejection);
}
