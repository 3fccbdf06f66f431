package dev.rensa.node.snapshot;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.CheckpointState;
import dev.rensa.node.chain.CommittedState;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.state.StateBucket;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the accounts of the two newest committed states to whoever asks. Every question is answered, in the order of asking,
 * be it with nothing; each peer's are worked on one after another, away from the writer. Writer thread only.
 */
public final class SnapshotServer {

    /** Questions of one peer that wait: more than an honest peer has open. */
    static final int MAX_WAITING = 8;

    /** Pause before a full link is tried again. */
    static final long RETRY_MILLIS = 100;

    private final ChainView chain;
    private final Timers timers;
    private final BackgroundWork work;
    private final Map<NodeKey, Client> clients = new HashMap<>();

    /** A peer with open questions. */
    private static final class Client {
        private final PeerLink link;
        private final Deque<Message> questions = new ArrayDeque<>();

        Client(PeerLink link) {
            this.link = link;
        }
    }

    public SnapshotServer(ChainView chain, Timers timers, BackgroundWork work) {
        this.chain = chain;
        this.timers = timers;
        this.work = work;
    }

    public void disconnected(NodeKey key) {
        clients.remove(key);
    }

    /** Takes a {@link Message.GetStateRoots} or a {@link Message.GetStateChunk}. */
    public void asked(PeerLink link, Message question) {
        Client client = clients.computeIfAbsent(link.key(), key -> new Client(link));
        if (client.questions.size() >= MAX_WAITING) {
            link.disconnect(new Rejection(
                    RejectionReason.UNEXPECTED_MESSAGE, "more questions at once than are answered at once"));
            return;
        }
        client.questions.add(question);
        if (client.questions.size() == 1) {
            answerNext(client);
        }
    }

    private void answerNext(Client client) {
        Message question = client.questions.element();
        work.run(() -> {
            Message answer = answer(question);
            return () -> send(client, answer);
        });
    }

    private void send(Client client, Message answer) {
        if (clients.get(client.link.key()) != client) {
            return;
        }
        if (!client.link.send(answer)) {
            timers.after(RETRY_MILLIS, () -> send(client, answer));
            return;
        }
        client.questions.remove();
        if (client.questions.isEmpty()) {
            clients.remove(client.link.key());
        } else {
            answerNext(client);
        }
    }

    private Message answer(Message question) {
        return switch (question) {
            case Message.GetStateRoots(BlockHash block) ->
                new Message.StateRoots(
                        block,
                        find(block)
                                .map(state -> state.roots().pages().stream()
                                        .map(ByteBuffer::wrap)
                                        .toList())
                                .orElse(List.of()));
            case Message.GetStateChunk chunk ->
                find(chunk.block())
                        .flatMap(state -> chunk(state, chunk))
                        .orElseGet(() -> new Message.StateChunk(chunk.block(), chunk.first(), List.of()));
            default -> throw new IllegalArgumentException("not a question for a state: " + question);
        };
    }

    private Optional<CheckpointState> find(BlockHash block) {
        return chain.committedStates().stream()
                .map(CommittedState::state)
                .filter(state -> state.block().equals(block))
                .findFirst();
    }

    /** Whole buckets, or a part of the first where that is large; empty if the state is not kept any more. */
    private static Optional<Message.StateChunk> chunk(CheckpointState state, Message.GetStateChunk asked) {
        int first = asked.first();
        Optional<List<StateBucket>> whole = asked.part() > 0
                ? Optional.empty()
                : state.buckets(first, first + asked.count(), MessageLimits.CHUNK_FILL_BYTES)
                        .filter(buckets -> !buckets.isEmpty());
        if (whole.isPresent()) {
            return whole.map(buckets -> new Message.StateChunk(state.block(), first, buckets));
        }
        return state.part(first, asked.part())
                .filter(part -> part.roots().size() > 1 && part.roots().size() <= MessageLimits.MAX_BUCKET_PARTS)
                .map(part -> new Message.StateChunk(
                        state.block(), first, List.of(part.accounts()), asked.part(), part.roots()));
    }
}
