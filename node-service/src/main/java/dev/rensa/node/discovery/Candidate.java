package dev.rensa.node.discovery;

import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.protocol.verdict.Rejection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An address that a source named, and what became of it.
 *
 * @param source {@link CandidateSource#name()} of the first that named it
 * @param nodeKey who proved to listen there, when last asked
 * @param rejection why it is not connected; empty while it is, or while it is dialled for the first time
 * @param lastAttemptMillis when it was last dialled, since 1970-01-01 UTC; empty if never
 * @param nextAttemptMillis until when it is left in peace, since 1970-01-01 UTC; empty if it may be dialled any time
 */
public record Candidate(
        PeerAddress address,
        String source,
        State state,
        Optional<NodeKey> nodeKey,
        Optional<Rejection> rejection,
        OptionalLong lastAttemptMillis,
        OptionalLong nextAttemptMillis) {

    /** Where a candidate stands. */
    public enum State {
        /** There is a link to the node, by this address or by another. */
        CONNECTED,
        /** It is being dialled, or about to be. */
        CONNECTING,
        /** There is none; the rejection says why. */
        REFUSED
    }
}
