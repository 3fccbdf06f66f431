package dev.rensa.node.snapshot;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.chain.CheckpointState;
import dev.rensa.node.chain.CommittedState;
import dev.rensa.node.peer.AnswersInOrder;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.state.StateBucket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Gives the accounts of the two newest committed states to whoever asks. Every question is answered, in the order of asking,
 * be it with nothing. Writer thread only.
 */
public final class SnapshotServer {

    private final ChainView chain;
    private final AnswersInOrder answers;

    public SnapshotServer(ChainView chain, Timers timers, BackgroundWork work) {
        this.chain = chain;
        this.answers = new AnswersInOrder(
                timers, work::compute, (link, question, briefly) -> Optional.of(answer(question, briefly)));
    }

    public void disconnected(NodeKey key) {
        answers.disconnected(key);
    }

    /** Takes a {@link Message.GetStateRoots} or a {@link Message.GetStateChunk}. */
    public void asked(PeerLink link, Message question) {
        if (!answers.offer(link, question, _ -> true)) {
            AnswersInOrder.refuse(link);
        }
    }

    private Message answer(Message question, boolean briefly) {
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
                        .flatMap(state -> chunk(
                                state,
                                chunk,
                                briefly ? AnswersInOrder.SHORT_FILL_BYTES : MessageLimits.CHUNK_FILL_BYTES))
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
    private static Optional<Message.StateChunk> chunk(
            CheckpointState state, Message.GetStateChunk asked, long fillBytes) {
        int first = asked.first();
        Optional<List<StateBucket>> whole = asked.part() > 0
                ? Optional.empty()
                : state.buckets(first, first + asked.count(), fillBytes).filter(buckets -> !buckets.isEmpty());
        if (whole.isPresent()) {
            return whole.map(buckets -> new Message.StateChunk(state.block(), first, buckets));
        }
        return state.part(first, asked.part())
                .filter(part -> part.roots().size() > 1 && part.roots().size() <= MessageLimits.MAX_BUCKET_PARTS)
                .map(part -> new Message.StateChunk(
                        state.block(), first, List.of(part.accounts()), asked.part(), part.roots()));
    }
}
