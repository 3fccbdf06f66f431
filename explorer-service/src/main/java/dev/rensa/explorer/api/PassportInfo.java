package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.protocol.api.ExplanationView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction, node by node.
 *
 * @param firstSeenMillis when the first node told of it, milliseconds since 1970-01-01 UTC; absent if none did
 * @param nodes who told of it, the first one first
 * @param explanations why it is not mined, or where it is, by each of up to four nodes that were asked now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PassportInfo(
        String id, @Nullable Long firstSeenMillis, List<NodePages> nodes, List<NodeExplanation> explanations) {

    /**
     * A node's stamps.
     *
     * @param delayMillis from the first node's first stamp to this one's
     */
    public record NodePages(String nodeKey, String name, long delayMillis, List<StampInfo> stamps) {}

    /**
     * A stamp.
     *
     * @param timeMillis by this explorer's clock, about
     * @param state {@code pending}, {@code queued}, {@code mined}, {@code returned} (its block was abandoned),
     *     {@code replaced}, {@code expired} or {@code evicted}
     * @param code reason code, when it left without being mined
     * @param successor id of the transaction that took its nonce
     * @param block hash of the block that it is mined in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StampInfo(
            long timeMillis,
            String state,
            @Nullable String code,
            @Nullable String successor,
            @Nullable String block) {}

    /** What a node answers now. */
    public record NodeExplanation(String nodeKey, String name, ExplanationView explanation) {}
}
