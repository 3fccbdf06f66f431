package dev.rensa.node.sync;

import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what peers ask for, in the order of asking. Every question gets its answer, be it an empty one: peers count on
 * that. Only blocks that were connected here are given away, so that nobody is blamed for what it did not check. Writer
 * thread only.
 */
final class BlockServer {

    /** Questions of one peer that wait for room on its link: more than an honest peer has open. */
    static final int MAX_WAITING = 8;

    /** Pause before a full link is tried again. */
    static final long RETRY_MILLIS = 100;

    private final ChainView chain;
    private final Timers timers;

    /** Questions of peers whose links were full. */
    private final Map<NodeKey, Waiting> waiting = new HashMap<>();

    private static final class Waiting {
        private final PeerLink link;
        private final Deque<Message> questions = new ArrayDeque<>();

        Waiting(PeerLink link) {
            this.link = link;
        }
    }

    BlockServer(ChainView chain, Timers timers) {
        this.chain = chain;
        this.timers = timers;
    }

    void disconnected(NodeKey key) {
        waiting.remove(key);
    }

    /** Answers {@link Message.GetHeaders} and {@link Message.GetBodies}, now or when the link takes it. */
    void asked(PeerLink link, Message question) {
        Waiting before = waiting.get(link.key());
        if (before != null) {
            if (before.questions.size() >= MAX_WAITING) {
                link.disconnect(new Rejection(
                        RejectionReason.UNEXPECTED_MESSAGE, "more questions at once than are answered at once"));
                return;
            }
            before.questions.add(question);
        } else if (!link.send(answer(question))) {
            Waiting queue = new Waiting(link);
            queue.questions.add(question);
            waiting.put(link.key(), queue);
            timers.after(RETRY_MILLIS, () -> retry(queue));
        }
    }

    private void retry(Waiting queue) {
        if (waiting.get(queue.link.key()) != queue) {
            return;
        }
        for (Message next = queue.questions.peek(); next != null; next = queue.questions.peek()) {
            if (!queue.link.send(answer(next))) {
                timers.after(RETRY_MILLIS, () -> retry(queue));
                return;
            }
            queue.questions.poll();
        }
        waiting.remove(queue.link.key());
    }

    private Message answer(Message question) {
        return switch (question) {
            case Message.GetHeaders(List<BlockHash> locator) ->
                new Message.Headers(chain.headersAfter(locator, MessageLimits.MAX_HEADERS));
            case Message.GetBodies(List<BlockHash> hashes) -> new Message.Bodies(bodies(hashes));
            default -> throw new IllegalArgumentException("not a question for blocks: " + question);
        };
    }

    private List<Message.Body> bodies(List<BlockHash> hashes) {
        List<Message.Body> bodies = new ArrayList<>();
        long bytes = 0;
        for (BlockHash hash : hashes) {
            Optional<Block> block = chain.find(hash)
                    .filter(entry -> entry.state() == BlockState.CONNECTED)
                    .flatMap(entry -> chain.block(hash));
            if (block.isPresent()) {
                if (bytes >= MessageLimits.BODIES_FILL_BYTES) {
                    break;
                }
                bytes += block.get().size();
                bodies.add(new Message.Body(hash, block.get().transactions()));
            }
        }
        return List.copyOf(bodies);
    }
}
