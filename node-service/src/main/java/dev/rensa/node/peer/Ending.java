package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Whether a connection is ending, and why: our reason before the peer's. Safe for use by several threads. */
final class Ending {

    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile @Nullable Rejection ours;

    /** What the peer gave as its reason; known a little after its bytes came in, so maybe after the connection closed. */
    private volatile @Nullable Rejection theirs;

    /** Begins it, unless it has begun. */
    boolean begin(Rejection reason) {
        boolean first = begun.compareAndSet(false, true);
        if (first) {
            ours = reason;
        }
        return first;
    }

    /** The socket is closed, for whatever reason. */
    void closed() {
        begun.set(true);
    }

    boolean hasBegun() {
        return begun.get();
    }

    /** The peer said goodbye. */
    Rejection farewell(Message message) {
        Rejection said = message instanceof Message.Goodbye(RejectionReason reason)
                ? new Rejection(
                        reason,
                        reason == RejectionReason.TLS_FAILED
                                ? "the peer speaks TLS, and this node is not set to (rensa.peer.tls)"
                                : "the peer said goodbye: " + reason.code())
                : new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "expected a goodbye");
        theirs = said;
        return said;
    }

    Rejection why() {
        Rejection own = ours;
        Rejection other = theirs;
        if (own != null) {
            return own;
        }
        return other != null
                ? other
                : new Rejection(RejectionReason.UNREACHABLE, "the peer closed the connection without a goodbye");
    }
}
