package dev.rensa.node.api;

import dev.rensa.node.mempool.BlockQueue;
import dev.rensa.node.mempool.Fate;
import dev.rensa.node.mempool.PooledTransaction.Waiting;
import dev.rensa.protocol.api.ExplanationView.MinedAt;
import java.time.Instant;

/** What people are told of a transaction's state. */
final class TransactionSentences {

    /** Beyond this many blocks' usual time the newest block is called old. */
    private static final int OLD_AFTER_BLOCKS = 10;

    private TransactionSentences() {}

    static String mined(MinedAt place) {
        return "It is mined, in block " + place.block() + " of height " + place.height() + ", and has "
                + count(place.confirmations(), "confirmation") + ".";
    }

    static String pending(BlockQueue queue) {
        String before = queue.ahead() == 0
                ? "Nothing comes before it"
                : (queue.orMore() ? "At least " : "") + count(queue.ahead(), "transaction") + " of "
                        + queue.bytesAhead() + " bytes come before it";
        return "It can be mined. " + before + " by fee, so at the present load it comes in "
                + (queue.blocks() == 1
                        ? "the next block."
                        : "block " + queue.blocks() + " from now" + (queue.orMore() ? " or later." : "."))
                + (queue.blocks() == 1 ? "" : " A replacement with a tenth more fee may come sooner (GET /fees).");
    }

    /** A reason beside the order of fees; empty when there is none. */
    static String oldHead(long ageMillis, long spacingMillis) {
        return ageMillis <= OLD_AFTER_BLOCKS * spacingMillis
                ? ""
                : " The newest block is " + ageMillis / 1_000
                        + " s old: see whether anybody mines (`mining` in GET /status).";
    }

    static String waiting(long nonce, Waiting waiting) {
        if (waiting.neededMon().isEmpty()) {
            return "It waits for a transaction with nonce " + waiting.nonce()
                    + " of its sender, which this node has not seen: send that one, or this transfer anew with nonce "
                    + waiting.nonce() + ".";
        }
        long needed = waiting.neededMon().getAsLong();
        return (waiting.nonce() == nonce
                        ? "It needs "
                        : "The sender's transaction with nonce " + waiting.nonce() + " needs ")
                + needed + " mon, but " + waiting.availableMon() + " mon are available behind what is pending: "
                + (needed - waiting.availableMon()) + " mon are lacking.";
    }

    static String validUntil(long lastHeight, long blocksLeft, long expectedBlocks) {
        String left = " It may be mined until height " + lastHeight + ": "
                + (blocksLeft == 1 ? "the next block is the last one." : count(blocksLeft, "block") + " are left.");
        return expectedBlocks > blocksLeft ? left + " At the present load that is too few." : left;
    }

    static String gone(Fate fate) {
        return (fate.waited() ? "It waited here and left: " : "It was offered and not taken: ")
                + fate.cause().detail() + " (" + fate.cause().reason().code() + ", "
                + Instant.ofEpochMilli(fate.timeMillis()) + ").";
    }

    static String unknown(String networkId) {
        return "This node has not seen it, or has forgotten it: it remembers for a while, and not beyond a restart, what left"
                + " or was refused. Check the id and the network (this one is " + networkId
                + "), ask another node, or send the transaction again: its nonce lets it be mined only once.";
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
