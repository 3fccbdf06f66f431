package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the nodes agree on one chain.
 *
 * @param state {@code none} (no node can be reached), {@code one}, {@code lagging} (one chain, not all have its last
 *     blocks) or {@code split} (chains that exclude each other)
 * @param sinceMillis since when, milliseconds since 1970-01-01 UTC
 * @param lastCommon the highest block on every node's chain, absent when the tree does not reach back to it
 * @param depth blocks of the best chain behind the last common one
 * @param branches best first by the fork choice
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AgreementInfo(
        String state, long sinceMillis, @Nullable CommonBlock lastCommon, long depth, List<BranchInfo> branches) {

    /** A block by its names. */
    public record CommonBlock(String hash, long height, long timestampMillis) {}

    /**
     * A chain that at least one node has.
     *
     * @param work cumulative, a decimal number
     */
    public record BranchInfo(String tip, long height, String work, List<BranchNode> nodes) {}

    /**
     * A node on a branch.
     *
     * @param behind blocks from its tip to the branch's
     */
    public record BranchNode(String nodeKey, String name, long behind) {}
}
