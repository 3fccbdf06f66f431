package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The explorer at a glance.
 *
 * @param network name of the network that is followed, absent before a node has answered for the first time
 * @param networkHash block 0's hash
 * @param knownNodes nodes and addresses that are shown
 * @param reachableNodes nodes of the network that answered last time
 * @param agreement {@code none}, {@code one}, {@code lagging} or {@code split}
 * @param sourceTroubles configured names that do not resolve, each with a sentence why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusInfo(
        String version,
        @Nullable String network,
        @Nullable String networkHash,
        @Nullable String addressPrefix,
        @Nullable String coinSymbol,
        IndexInfo index,
        int knownNodes,
        int reachableNodes,
        String agreement,
        Map<String, String> sourceTroubles,
        long startedAtMillis,
        long timeMillis) {

    /**
     * The index.
     *
     * @param state {@code waiting}, {@code catching-up}, {@code current} or {@code failed}
     * @param height of the highest indexed block, −1 before there is any
     * @param targetHeight of the chain that it follows, −1 before a node has answered
     * @param lag blocks that are missing
     * @param progress share of the chain that is indexed, 0 to 1; 0 before a node has answered
     * @param transactionsPerSecond indexed lately while catching up, otherwise 0
     * @param remainingSeconds until it has caught up at that speed, −1 where that says nothing
     * @param detail a sentence for people
     */
    public record IndexInfo(
            String state,
            long height,
            long targetHeight,
            long lag,
            double progress,
            long transactionsPerSecond,
            long remainingSeconds,
            String detail) {}
}
