package dev.rensa.explorer.tree;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A block that some node has, on whatever branch.
 *
 * @param work cumulative, up to and with this block
 * @param miner address of the account that receives the reward
 * @param arrivals when each node, by its key, took it for its tip, in milliseconds since 1970-01-01 UTC by this
 *     explorer's clock, earliest first; only of nodes that were watched at that moment
 */
public record TreeBlock(
        BlockHash hash,
        BlockHash parent,
        long height,
        long timestampMillis,
        Work work,
        String miner,
        int transactionCount,
        Map<String, Long> arrivals) {

    private static final Comparator<Map.Entry<String, Long>> EARLIEST_FIRST =
            Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey());

    public TreeBlock {
        Map<String, Long> inOrder = new LinkedHashMap<>();
        arrivals.entrySet().stream()
                .sorted(EARLIEST_FIRST)
                .forEach(arrival -> inOrder.put(arrival.getKey(), arrival.getValue()));
        arrivals = Collections.unmodifiableMap(inOrder);
    }

    /** The node that had it first, and when; empty if it was there before anybody watched. */
    public Optional<Map.Entry<String, Long>> firstSeen() {
        return arrivals.entrySet().stream().findFirst();
    }
}
