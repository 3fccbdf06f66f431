package dev.rensa.node.sync;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.BlockState;
import dev.rensa.node.chain.ChainView;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what peers ask for, in the order of asking, with the bytes that are stored and away from the writer thread. Every
 * question gets its answer, be it an empty one: peers count on that. Only blocks that were connected here are given away, so
 * that nobody is blamed for what it did not check. Its methods belong to the writer thread.
 */
final class BlockServer {

    /** Questions of one peer for headers and bodies that wait: more than an honest peer has open. */
    static final int MAX_WAITING = 8;

    /** Questions for transactions of a block that wait; what is beyond is told that the block is not here. */
    static final int MAX_WAITING_FOR_TRANSACTIONS = 8;

    /** Blocks below the head of which single transactions are given: whoever misses more asks for bodies. */
    static final int GIVEN_BELOW_HEAD = 16;

    /** Pause before a peer that has not taken its last answer yet is looked at again. */
    static final long RETRY_MILLIS = 20;

    /** What a link may still hold when the next answer is put behind it, so that it never runs dry. */
    static final long LINK_LOW_BYTES = 256 << 10;

    /** Bytes of all answers that are being sent; beyond it answers are short, so that who takes nothing starves nobody. */
    static final long MAX_SENDING_BYTES = 32L << 20;

    /** What a short answer is filled to. Its first body is there, however large. */
    static final int SHORT_FILL_BYTES = 256 << 10;

    private final ChainView chain;
    private final Timers timers;
    private final BackgroundWork work;
    private final Map<NodeKey, Customer> customers = new HashMap<>();
    private long sendingBytes;

    /** A peer whose questions are not all answered, or that has not taken the last answer. */
    private static final class Customer {
        private final PeerLink link;
        private final Deque<Message> questions = new ArrayDeque<>();
        private boolean busy;
        private long sendingBytes;

        Customer(PeerLink link) {
            this.link = link;
        }
    }

    /** An answer that was put into a link, or not. */
    private record Served(boolean sent, long bytes) {}

    BlockServer(ChainView chain, Timers timers, BackgroundWork work) {
        this.chain = chain;
        this.timers = timers;
        this.work = work;
    }

    void disconnected(NodeKey key) {
        Customer gone = customers.remove(key);
        if (gone != null) {
            sendingBytes -= gone.sendingBytes;
        }
    }

    /**
     * Answers {@link Message.GetHeaders}, {@link Message.GetBodies} and {@link Message.GetBlockTransactions} when it is
     * their turn and the link takes it.
     */
    void asked(PeerLink link, Message question) {
        Customer customer = customers.computeIfAbsent(link.key(), _ -> new Customer(link));
        long single = customer.questions.stream()
                .filter(Message.GetBlockTransactions.class::isInstance)
                .count();
        if (question instanceof Message.GetBlockTransactions(BlockHash block, List<Integer> _)) {
            if (single >= MAX_WAITING_FOR_TRANSACTIONS) {
                link.send(new Message.BlockTransactions(block, List.of()));
                return;
            }
        } else if (customer.questions.size() - single >= MAX_WAITING) {
            link.disconnect(new Rejection(
                    RejectionReason.UNEXPECTED_MESSAGE, "more questions at once than are answered at once"));
            return;
        }
        customer.questions.add(question);
        if (!customer.busy) {
            serve(customer);
        }
    }

    private void serve(Customer customer) {
        customer.busy = false;
        if (customers.get(customer.link.key()) != customer) {
            return;
        }
        if (customer.link.queuedBytes() > LINK_LOW_BYTES) {
            retry(customer);
            return;
        }
        sendingBytes -= customer.sendingBytes;
        customer.sendingBytes = 0;
        Message question = customer.questions.peek();
        if (question == null) {
            customers.remove(customer.link.key());
            return;
        }
        int fill = sendingBytes < MAX_SENDING_BYTES ? MessageLimits.BODIES_FILL_BYTES : SHORT_FILL_BYTES;
        customer.busy = true;
        work.compute(() -> answer(customer.link, question, fill), served -> served(customer, served));
    }

    private void served(Customer customer, Served served) {
        if (customers.get(customer.link.key()) != customer) {
            return;
        }
        if (!served.sent) {
            retry(customer);
            return;
        }
        customer.questions.poll();
        customer.sendingBytes = served.bytes;
        sendingBytes += served.bytes;
        serve(customer);
    }

    private void retry(Customer customer) {
        customer.busy = true;
        timers.after(RETRY_MILLIS, () -> serve(customer));
    }

    /** Runs away from the writer: it reads the store and fills a frame. */
    private Served answer(PeerLink link, Message question, int fillBytes) {
        return switch (question) {
            case Message.GetHeaders(List<BlockHash> locator) -> {
                var headers = chain.headersAfter(locator, MessageLimits.MAX_HEADERS);
                yield new Served(link.send(new Message.Headers(headers)), 0);
            }
            case Message.GetBodies(List<BlockHash> hashes) -> {
                List<EncodedBody> bodies = bodies(hashes, fillBytes);
                long bytes = bodies.stream().mapToLong(MessageLimits::sizeOf).sum();
                yield new Served(link.send(new Message.Bodies(bodies)), bytes);
            }
            case Message.GetBlockTransactions places -> giveTransactions(link, places);
            default -> throw new IllegalArgumentException("not a question for blocks: " + question);
        };
    }

    /** Answers with transactions of a block that was connected here of late; with none if it was not. */
    private Served giveTransactions(PeerLink link, Message.GetBlockTransactions question) {
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
            return new Served(true, 0);
        }
        List<Transaction> given = places.stream().map(transactions::get).toList();
        long bytes = given.stream().mapToLong(Transaction::size).sum();
        return new Served(link.send(new Message.BlockTransactions(question.block(), given)), bytes);
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
