package dev.rensa.node.snapshot;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.OpenQuestion;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Whom a joining node can ask, what it asked, and what is owed to it. Writer thread only. */
final class JoinQuestions {

    /** How long a peer may take for an answer before another one is asked. */
    static final long TIMEOUT_MILLIS = 10_000;

    /** Pause before a peer is asked again for a state that it does not keep. */
    static final long LACKING_MILLIS = 10_000;

    private final InstantSource clock;
    private final Timers timers;
    private final Consumer<Message> release;
    private final Runnable whenReleased;
    private final Map<NodeKey, JoinPeer> peers = new LinkedHashMap<>();

    /**
     * Knows nobody yet.
     *
     * @param release hears of questions that others may be asked now
     * @param whenReleased told after one was released because its time was over
     */
    JoinQuestions(InstantSource clock, Timers timers, Consumer<Message> release, Runnable whenReleased) {
        this.clock = clock;
        this.timers = timers;
        this.release = release;
        this.whenReleased = whenReleased;
    }

    void connected(PeerLink link) {
        peers.put(link.key(), new JoinPeer(link));
    }

    void disconnected(NodeKey key) {
        JoinPeer peer = peers.remove(key);
        if (peer != null) {
            peer.questions().forEach(this::release);
        }
    }

    boolean haveNobody() {
        return peers.isEmpty();
    }

    /** Whether a peer is known to lack the state, and all others lack it too or are silent: who says nothing holds up nobody. */
    boolean areVainFor(BlockHash state) {
        long now = clock.millis();
        return peers.values().stream().anyMatch(peer -> !peer.mayHave(state, now))
                && peers.values().stream().noneMatch(peer -> peer.mayHave(state, now) && !peer.isStalled());
    }

    /** Peers that can be asked about a state now. */
    List<JoinPeer> free(BlockHash state) {
        return peers.values().stream()
                .filter(peer -> peer.isFree(state, clock.millis()))
                .toList();
    }

    /** Whether somebody was asked this who may still answer in time. */
    boolean include(Message question) {
        return peers.values().stream()
                .flatMap(peer -> peer.questions().stream())
                .anyMatch(open -> !open.isExpired() && open.message().equals(question));
    }

    /** Asks a peer; false if its link takes nothing. */
    boolean ask(JoinPeer peer, Message message) {
        if (!peer.link().send(message)) {
            return false;
        }
        OpenQuestion question = new OpenQuestion(message, clock.millis());
        question.expireAfter(timers, TIMEOUT_MILLIS, () -> {
            release.accept(message);
            whenReleased.run();
        });
        peer.questions().add(question);
        return true;
    }

    private void release(OpenQuestion question) {
        question.cancelTimeout();
        release.accept(question.message());
    }

    /** What a peer owes an answer to first. */
    Optional<Message> oldest(PeerLink link) {
        JoinPeer peer = peers.get(link.key());
        return peer == null
                ? Optional.empty()
                : Optional.ofNullable(peer.questions().peekFirst()).map(OpenQuestion::message);
    }

    /** The peer that answers its oldest question, if it is this one; who answers what nobody asked is blamed. */
    Optional<JoinPeer> answered(PeerLink link, Message expected) {
        JoinPeer peer = peers.get(link.key());
        if (peer == null) {
            return Optional.empty();
        }
        OpenQuestion question = peer.questions().peekFirst();
        if (question == null || !question.message().equals(expected)) {
            link.penalise(10, new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "a state that was not asked for"));
            return Optional.empty();
        }
        peer.questions().remove();
        question.cancelTimeout();
        return Optional.of(peer);
    }

    /** It is not asked about this state for a while. */
    void lacks(JoinPeer peer, BlockHash state) {
        peer.lacks(state, clock.millis() + LACKING_MILLIS);
    }

    /** It gave what no header commits to. */
    void blame(JoinPeer peer, BlockHash state, String what) {
        lacks(peer, state);
        peer.link().penalise(100, new Rejection(RejectionReason.WRONG_STATE_ROOT, what));
    }

    /** To be called every few seconds. */
    void letSilentPeersGo() {
        for (JoinPeer peer : List.copyOf(peers.values())) {
            OpenQuestion oldest = peer.questions().peekFirst();
            if (oldest != null) {
                OpenQuestion.endIfSilent(peer.link(), oldest.sentMillis(), clock.millis());
            }
        }
    }
}
