package dev.rensa.node.snapshot;

import dev.rensa.node.peer.OpenQuestion;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What joining knows of one peer. Questions that timed out stay open, so that a late answer is understood, and a peer that
 * never answers is asked no more. Writer thread only.
 */
final class JoinPeer {

    /** Most questions that are open at a peer: one on its way while the other is answered. */
    static final int MAX_QUESTIONS = 2;

    private final PeerLink link;
    private final Deque<OpenQuestion> questions = new ArrayDeque<>();
    private BlockHash lacking = BlockHash.ZERO;
    private long lackingUntilMillis;

    JoinPeer(PeerLink link) {
        this.link = link;
    }

    PeerLink link() {
        return link;
    }

    Deque<OpenQuestion> questions() {
        return questions;
    }

    /** Whether it can be asked about this state now. */
    boolean isFree(BlockHash state, long nowMillis) {
        return questions.size() < MAX_QUESTIONS && mayHave(state, nowMillis) && !isStalled();
    }

    /** Whether it is not known to lack the state. */
    boolean mayHave(BlockHash state, long nowMillis) {
        return !lacking.equals(state) || nowMillis >= lackingUntilMillis;
    }

    /** Whether it has not answered for so long that it is not waited for. */
    boolean isStalled() {
        OpenQuestion oldest = questions.peekFirst();
        return oldest != null && oldest.isExpired();
    }

    void lacks(BlockHash state, long untilMillis) {
        lacking = state;
        lackingUntilMillis = untilMillis;
    }
}
