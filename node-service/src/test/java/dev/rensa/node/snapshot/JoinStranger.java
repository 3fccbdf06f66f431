package dev.rensa.node.snapshot;

import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.work.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A peer of a node that joins: keeps what it is asked, and whether it may be blamed. */
final class JoinStranger implements PeerLink {
    /** The score at which a transport bans a peer. */
    private static final int BANNED_AT = 100;

    private final PeerInfo info;
    private final Deque<Message> questions = new ArrayDeque<>();
    private @Nullable Message truth;
    private boolean mayBeBlamed;
    private boolean gone;
    private boolean idle;
    private int score;

    JoinStranger(int number) {
        PeerAddress address = new PeerAddress("stranger-" + number, 7_400);
        this.info = new PeerInfo(
                new NodeKey(TestNetwork.account(number)),
                "stranger",
                "test",
                false,
                address,
                Optional.empty(),
                0,
                BlockHash.ZERO,
                Work.ZERO);
    }

    Optional<Message> question() {
        return Optional.ofNullable(questions.peek());
    }

    /** It says something that answers its oldest question, or not. */
    void answers(Message message) {
        boolean answer = switch (question().orElse(null)) {
            case Message.GetStateRoots(var block) ->
                message instanceof Message.StateRoots roots && roots.block().equals(block);
            case Message.GetStateChunk asked ->
                message instanceof Message.StateChunk chunk
                        && chunk.block().equals(asked.block())
                        && chunk.first() == asked.first();
            case null, default -> false;
        };
        if (answer) {
            questions.remove();
        }
    }

    /** The answer that somebody honest gave in its name. */
    Message takeTruth() {
        Message answer = Objects.requireNonNull(truth, "every question is answered");
        truth = null;
        return answer;
    }

    /** What it is sent stays in its queue. */
    void takesNothing() {
        idle = true;
    }

    void mayBeBlamed() {
        mayBeBlamed = true;
    }

    boolean isGone() {
        return gone;
    }

    void requireBounds() {
        if (questions.size() > JoinPeer.MAX_QUESTIONS) {
            throw new AssertionError(questions.size() + " questions are open at one peer");
        }
    }

    @Override
    public PeerInfo info() {
        return info;
    }

    @Override
    public boolean send(Message message) {
        if (gone) {
            return false;
        }
        switch (message) {
            case Message.StateRoots _, Message.StateChunk _ -> truth = message;
            default -> questions.add(message);
        }
        return true;
    }

    @Override
    public boolean isPaused() {
        return false;
    }

    @Override
    public long queuedBytes() {
        return idle ? Long.MAX_VALUE : 0;
    }

    @Override
    public void disconnect(Rejection rejection) {
        gone = true;
    }

    @Override
    public void penalise(int points, Rejection rejection) {
        if (!mayBeBlamed) {
            throw new AssertionError("a peer that told only the truth is blamed: " + rejection);
        }
        score += points;
        gone |= score >= BANNED_AT;
    }
}
