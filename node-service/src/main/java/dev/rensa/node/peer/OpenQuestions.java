package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * What this node asked a peer and has no answer to yet. Answers are long, so one that nobody asked for is refused at its
 * head, before memory is taken for it. Safe for use by several threads.
 */
final class OpenQuestions {

    /** Questions that get exactly one answer. */
    private static final Map<FrameType, FrameType> ANSWERS = Map.of(
            FrameType.GET_HEADERS, FrameType.HEADERS,
            FrameType.GET_BODIES, FrameType.BODIES,
            FrameType.GET_BLOCK_TRANSACTIONS, FrameType.BLOCK_TRANSACTIONS,
            FrameType.GET_STATE_ROOTS, FrameType.STATE_ROOTS,
            FrameType.GET_STATE_CHUNK, FrameType.STATE_CHUNK);

    /** Transactions that a peer said are gone stay owed; what is owed beyond this many is forgotten. */
    static final int MAX_TRANSACTIONS_OWED = 1 << 20;

    private final Map<FrameType, Integer> owed = new EnumMap<>(FrameType.class);
    private int transactionsOwed;

    /** To be called before the question is on its way. */
    synchronized void asked(Message question) {
        if (question instanceof Message.GetTransactions(var ids)) {
            transactionsOwed = Math.min(MAX_TRANSACTIONS_OWED, transactionsOwed + ids.size());
            return;
        }
        FrameType answer = ANSWERS.get(MessageCodec.typeOf(question));
        if (answer != null) {
            owed.merge(answer, 1, Integer::sum);
        }
    }

    /** The question did not get on its way. */
    synchronized void withdrawn(Message question) {
        if (question instanceof Message.GetTransactions(var ids)) {
            transactionsOwed = Math.max(0, transactionsOwed - ids.size());
            return;
        }
        FrameType answer = ANSWERS.get(MessageCodec.typeOf(question));
        if (answer != null) {
            answered(answer);
        }
    }

    /**
     * Refuses the head of an answer that nobody asked for.
     *
     * @throws MalformedException if it is one
     */
    synchronized void require(FrameType type) {
        boolean unasked = type == FrameType.TRANSACTIONS
                ? transactionsOwed == 0
                : type.isAnswer() && owed.getOrDefault(type, 0) == 0;
        if (unasked) {
            throw new MalformedException(RejectionReason.UNEXPECTED_MESSAGE, type + " came without a question");
        }
    }

    /** An answer of this type has begun. */
    synchronized void answered(FrameType type) {
        owed.computeIfPresent(type, (_, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Transactions came; they may come in several messages, but not in empty ones, nor more of them than were asked for.
     *
     * @throws MalformedException if they are not what somebody asked for
     */
    synchronized void received(Message message) {
        if (message instanceof Message.Transactions(var transactions)) {
            if (transactions.isEmpty() || transactions.size() > transactionsOwed) {
                throw new MalformedException(
                        RejectionReason.UNEXPECTED_MESSAGE,
                        transactions.size() + " transactions came where " + transactionsOwed + " are owed");
            }
            transactionsOwed -= transactions.size();
        }
    }
}
