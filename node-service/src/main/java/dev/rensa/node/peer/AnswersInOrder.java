package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers peers' questions, each peer's one after another and away from the writer thread. Every question gets its answer:
 * peers count on that. No answer is made before the peer has nearly taken the last one, and none is kept that the link
 * refused: it is made again, so that who takes nothing costs no memory. Its methods belong to the writer thread.
 */
public final class AnswersInOrder {

    /** Questions of one kind of one peer that wait: more than an honest peer has open. */
    static final int MAX_WAITING = 8;

    /** Pause before a peer that has not taken its last answer yet is looked at again. */
    static final long RETRY_MILLIS = 20;

    /** Pause before an answer is made again that the link refused: it did work for nothing. */
    static final long REFUSED_MILLIS = 100;

    /** What a link may still hold when the next answer is put behind it, so that it never runs dry. */
    static final long LINK_LOW_BYTES = 256 << 10;

    /** Bytes of all answers that are being sent; beyond it answers are short, so that who takes nothing starves nobody. */
    static final long MAX_SENDING_BYTES = 32L << 20;

    /** What a short answer is filled to. The first of what was asked for is there, however large. */
    public static final int SHORT_FILL_BYTES = 256 << 10;

    private final Timers timers;
    private final Worker worker;
    private final Answerer answerer;
    private final Map<NodeKey, Customer> customers = new HashMap<>();
    private long sendingBytes;

    /** Makes answers. */
    @FunctionalInterface
    public interface Answerer {
        /**
         * The answer, away from the writer; empty where the question deserves none.
         *
         * @param briefly whether it should be filled to {@link #SHORT_FILL_BYTES} only, if it can be
         */
        Optional<Message> answer(PeerLink link, Message question, boolean briefly);
    }

    /** Where answers are made; calls back on the writer thread. */
    @FunctionalInterface
    public interface Worker {
        void compute(Supplier<Served> work, Consumer<Served> whenDone);
    }

    /**
     * An answer was made.
     *
     * @param sent whether the link took it
     */
    public record Served(boolean sent, long bytes) {}

    /** A peer whose questions are not all answered, or that has not taken the last answer. */
    private static final class Customer {
        private final PeerLink link;
        private final Deque<Message> questions = new ArrayDeque<>();
        private boolean busy;
        private long sendingBytes;

        /** Whether the link took the last answer not: it is not made again before there may be room. */
        private boolean refused;

        Customer(PeerLink link) {
            this.link = link;
        }
    }

    public AnswersInOrder(Timers timers, Worker worker, Answerer answerer) {
        this.timers = timers;
        this.worker = worker;
        this.answerer = answerer;
    }

    public void disconnected(NodeKey key) {
        Customer gone = customers.remove(key);
        if (gone != null) {
            sendingBytes -= gone.sendingBytes;
        }
    }

    /**
     * Answers a question when it is its turn and the link takes it.
     *
     * @param alike with which of the peer's questions it shares a bound
     * @return false if {@link #MAX_WAITING} of those wait already
     */
    public boolean offer(PeerLink link, Message question, Predicate<Message> alike) {
        Customer customer = customers.computeIfAbsent(link.key(), _ -> new Customer(link));
        if (customer.questions.stream().filter(alike).count() >= MAX_WAITING) {
            return false;
        }
        customer.questions.add(question);
        if (!customer.busy) {
            serve(customer);
        }
        return true;
    }

    /** Ends the connection of who asks more at once than an honest peer does. */
    public static void refuse(PeerLink link) {
        link.disconnect(
                new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "more questions at once than are answered at once"));
    }

    private void serve(Customer customer) {
        customer.busy = false;
        if (customers.get(customer.link.key()) != customer) {
            return;
        }
        if (customer.link.queuedBytes() > LINK_LOW_BYTES) {
            retry(customer, RETRY_MILLIS);
            return;
        }
        if (customer.refused && !customer.link.hasRoomForAnswers()) {
            retry(customer, REFUSED_MILLIS);
            return;
        }
        sendingBytes -= customer.sendingBytes;
        customer.sendingBytes = 0;
        Message question = customer.questions.peek();
        if (question == null) {
            customers.remove(customer.link.key());
            return;
        }
        boolean briefly = sendingBytes >= MAX_SENDING_BYTES;
        customer.busy = true;
        worker.compute(() -> answer(customer.link, question, briefly), served -> served(customer, served));
    }

    /** Runs away from the writer. */
    private Served answer(PeerLink link, Message question, boolean briefly) {
        return answerer.answer(link, question, briefly)
                .map(answer -> new Served(link.send(answer), MessageCodec.expectedBytes(answer)))
                .orElse(new Served(true, 0));
    }

    private void served(Customer customer, Served served) {
        if (customers.get(customer.link.key()) != customer) {
            return;
        }
        customer.refused = !served.sent;
        if (!served.sent) {
            retry(customer, REFUSED_MILLIS);
            return;
        }
        customer.questions.poll();
        customer.sendingBytes = served.bytes;
        sendingBytes += served.bytes;
        serve(customer);
    }

    private void retry(Customer customer, long pauseMillis) {
        customer.busy = true;
        timers.after(pauseMillis, () -> serve(customer));
    }
}
