package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recent blocks of all nodes on all branches.
 *
 * @param lowestHeight where the tree ends: lower blocks are no longer held in it
 * @param best hash of the best head by the fork choice, absent while no node can be reached
 * @param blocks highest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TreeInfo(long lowestHeight, @Nullable String best, List<TreeBlockInfo> blocks) {

    /**
     * A block that some node has.
     *
     * @param canonical whether it is on the best head's chain
     * @param heads the reachable nodes that have it for their tip
     * @param firstSeenMillis when the first watched node took it for its tip, absent if nobody was watching
     * @param firstSeenBy key of that node
     * @param arrivals when each watched node took it for its tip, by node key, milliseconds since 1970-01-01 UTC
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TreeBlockInfo(
            String hash,
            String parent,
            long height,
            long timestampMillis,
            String work,
            String miner,
            int transactionCount,
            boolean canonical,
            List<NodeName> heads,
            @Nullable Long firstSeenMillis,
            @Nullable String firstSeenBy,
            Map<String, Long> arrivals) {}

    /** A node and what it calls itself. */
    public record NodeName(String nodeKey, String name) {}
}
