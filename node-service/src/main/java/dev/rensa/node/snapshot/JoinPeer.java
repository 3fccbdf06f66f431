package dev.rensa.node.snapshot;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What joining knows of one peer. Questions that timed out stay open, so that a late answer is understood, and a peer that
 * never answers is asked no more. Writer thread only.
 */
final class JoinPeer {

    /** Most questions that are open at a peer: one on its way while the other is answered. */
    static final int MAX_QUESTIONS = 2;

    private final PeerLink link;
    private final Deque<Question> questions = new ArrayDeque<>();
    private BlockHash lacking = BlockHash.ZERO;
    private long lackingUntilMillis;

    /** What was asked, and until when others are not asked the same. */
    static final class Question {
        final Message message;
        final long sentMillis;
        boolean expired;
        Timers.@Nullable Cancellable timeout;

        Question(Message message, long sentMillis) {
            this.message = message;
            this.sentMillis = sentMillis;
        }

        void cancelTimeout() {
            if (timeout != null) {
                timeout.cancel();
            }
        }
    }

    JoinPeer(PeerLink link) {
        this.link = link;
    }

    PeerLink link() {
        return link;
    }

    Deque<Question> questions() {
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
        Question oldest = questions.peekFirst();
        return oldest != null && oldest.expired;
    }

    void lacks(BlockHash state, long untilMillis) {
        lacking = state;
        lackingUntilMillis = untilMillis;
    }
}
