package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.protocol.api.MiningView;
import org.jspecify.annotations.Nullable;

/**
 * A node as this explorer sees it. What it says of itself is absent before its first answer, and is its last answer
 * while it cannot be reached.
 *
 * @param nodeKey its identity, by which it is recognised wherever it answers
 * @param url where it answers, or is looked for
 * @param trouble why it cannot be reached, a sentence
 * @param sameNetwork whether it belongs to the network that is followed
 * @param lag blocks that the best head is higher than its own
 * @param onBestChain whether the best head's chain holds its tip; absent for tips that the tree does not know (yet)
 * @param followedBy {@code events} with polling beside them, or {@code polling} alone
 * @param firstSeenMillis its first answer to this explorer, milliseconds since 1970-01-01 UTC
 * @param lastSeenMillis its last answer
 * @param latencyMillis how long that answer took
 * @param clockOffsetMillis how far its clock is ahead of this explorer's, about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeInfo(
        @Nullable String nodeKey,
        String url,
        boolean reachable,
        @Nullable String trouble,
        String followedBy,
        @Nullable Long firstSeenMillis,
        @Nullable Long lastSeenMillis,
        @Nullable Double latencyMillis,
        @Nullable Long clockOffsetMillis,
        @Nullable Boolean sameNetwork,
        @Nullable Long lag,
        @Nullable Boolean onBestChain,
        @Nullable ReportInfo report) {

    /**
     * What a node says of itself; the fields are those of its own status.
     *
     * @param work cumulative work, a decimal number
     * @param sync {@code synced}, {@code headers} or {@code bodies}
     */
    public record ReportInfo(
            String name,
            String version,
            String network,
            String networkHash,
            long height,
            String tip,
            long tipTimestampMillis,
            String work,
            boolean ready,
            String sync,
            int peers,
            int mempoolTransactions,
            long mempoolBytes,
            MiningView mining,
            long startedAtMillis) {}
}
