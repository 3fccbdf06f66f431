package dev.rensa.wallet.node;

import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import java.math.BigInteger;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at a node showed.
 *
 * @param reason why no request goes to it, a sentence
 * @param status its last answer, of whatever age
 * @param work its cumulative work, zero before the first answer
 * @param seenAtMillis when it answered last, milliseconds since 1970-01-01 UTC; 0 for never
 */
public record NodeHealth(
        String url,
        NodeState state,
        @Nullable String reason,
        @Nullable StatusView status,
        BigInteger work,
        long seenAtMillis) {

    /** Who is caught up comes first; then most work, and at equal work the lower tip, which is the nodes' own fork choice. */
    static final Comparator<NodeHealth> BEST_FIRST = Comparator.comparing(NodeHealth::ready)
            .thenComparing(NodeHealth::work)
            .reversed()
            .thenComparing(NodeHealth::tip);

    static NodeHealth unseen(String url) {
        return new NodeHealth(url, NodeState.UNREACHABLE, "it has not answered yet", null, BigInteger.ZERO, 0);
    }

    static NodeHealth answered(String url, StatusView status, long nowMillis) {
        BlockHash.fromHex(status.networkHash());
        BlockHash.fromHex(status.tip());
        return new NodeHealth(url, NodeState.IN_USE, null, status, new BigInteger(status.work()), nowMillis);
    }

    NodeHealth left(NodeState why, String sentence) {
        return new NodeHealth(url, why, sentence, status, work, seenAtMillis);
    }

    /** Whether requests go to it. */
    public boolean usable() {
        return state == NodeState.IN_USE;
    }

    boolean isOf(BlockHash network) {
        return status != null && network.toHex().equals(status.networkHash());
    }

    StatusView answer() {
        if (status == null) {
            throw new IllegalStateException("a node that answered has a status");
        }
        return status;
    }

    private boolean ready() {
        return status != null && status.ready();
    }

    private String tip() {
        return status == null ? "" : status.tip();
    }
}
