package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import java.util.Optional;

/** How a dial ended. */
public sealed interface DialOutcome {

    /** The handshake succeeded; {@link PeerEvents#connected} has been or is about to be told. */
    record Connected(NodeKey nodeKey) implements DialOutcome {}

    /**
     * No connection.
     *
     * @param rejection who refused and why
     * @param nodeKey who listens there, if it proved so before
     */
    record Refused(Rejection rejection, Optional<NodeKey> nodeKey) implements DialOutcome {}
}
