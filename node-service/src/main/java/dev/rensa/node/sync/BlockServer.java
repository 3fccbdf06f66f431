package dev.rensa.node.sync;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.peer.AnswersInOrder;
import dev.rensa.node.peer.EncodedBody;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers what peers ask for, in the order of asking, with the bytes that are stored and away from the writer thread. Every
 * question gets its answer, be it an empty one: peers count on that. Only blocks that were connected here are given away, so
 * that nobody is blamed for what it did not check. Its methods belong to the writer thread.
 */
final class BlockServer {

    /** Blocks below the head of which single transactions are given: whoever misses more asks for bodies. */
    static final int GIVEN_BELOW_HEAD = 16;

    private final ChainView chain;
    private final AnswersInOrder answers;

    BlockServer(ChainView chain, Timers timers, BackgroundWork work) {
        this.chain = chain;
        this.answers = new AnswersInOrder(timers, work::compute, this::answer);
    }

    void disconnected(NodeKey key) {
        answers.disconnected(key);
    }

    /**
     * Answers {@link Message.GetHeaders}, {@link Message.GetBodies} and {@link Message.GetBlockTransactions} when it is
     * their turn and the link takes it. Where too many questions for transactions wait, the block is told not to be here.
     */
    void asked(PeerLink link, Message question) {
        boolean single = asksForTransactions(question);
        if (answers.offer(link, question, other -> asksForTransactions(other) == single)) {
            return;
        }
        if (question instanceof Message.GetBlockTransactions(BlockHash block, List<Integer> _)) {
            link.send(new Message.BlockTransactions(block, List.of()));
        } else {
            AnswersInOrder.refuse(link);
        }
    }

    private static boolean asksForTransactions(Message question) {
        return question instanceof Message.GetBlockTransactions;
    }

    /** Runs away from the writer: it reads the store and fills a frame. */
    private Optional<Message> answer(PeerLink link, Message question, boolean briefly) {
        return switch (question) {
            case Message.GetHeaders(List<BlockHash> locator) ->
                Optional.of(new Message.Headers(chain.headersAfter(locator, MessageLimits.MAX_HEADERS)));
            case Message.GetBodies(List<BlockHash> hashes) ->
                Optional.of(new Message.Bodies(
                        bodies(hashes, briefly ? AnswersInOrder.SHORT_FILL_BYTES : MessageLimits.BODIES_FILL_BYTES)));
            case Message.GetBlockTransactions places -> transactions(link, places);
            default -> throw new IllegalArgumentException("not a question for blocks: " + question);
        };
    }

    /** Transactions of a block that was connected here of late; none if it was not. */
    private Optional<Message> transactions(PeerLink link, Message.GetBlockTransactions question) {
        List<Transaction> transactions = chain.find(question.block())
                .filter(entry -> entry.state() == BlockState.CONNECTED
                        && entry.header().height() > chain.head().height() - GIVEN_BELOW_HEAD)
                .flatMap(entry -> chain.block(question.block()))
                .map(Block::transactions)
                .orElse(List.of());
        List<Integer> places = transactions.isEmpty() ? List.of() : question.indexes();
        if (!places.isEmpty() && places.getLast() >= transactions.size()) {
            link.penalise(
                    100,
                    new Rejection(
                            RejectionReason.UNEXPECTED_MESSAGE, "a place was asked for that the block does not have"));
            return Optional.empty();
        }
        List<Transaction> given = places.stream().map(transactions::get).toList();
        return Optional.of(new Message.BlockTransactions(question.block(), given));
    }

    private List<EncodedBody> bodies(List<BlockHash> hashes, int fillBytes) {
        List<EncodedBody> bodies = new ArrayList<>();
        long bytes = 0;
        for (BlockHash hash : hashes) {
            Optional<byte[]> stored = chain.find(hash)
                    .filter(entry -> entry.state() == BlockState.CONNECTED)
                    .flatMap(entry -> chain.storedBody(hash));
            if (stored.isPresent()) {
                EncodedBody body = new EncodedBody(hash, stored.get());
                bytes += MessageLimits.sizeOf(body);
                if (bytes > fillBytes && !bodies.isEmpty()) {
                    break;
                }
                bodies.add(body);
            }
        }
        return bodies;
    }
}
