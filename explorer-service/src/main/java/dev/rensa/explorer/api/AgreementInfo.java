package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rensa.explorer.tree.Agreement;
import dev.rensa.explorer.tree.TreeBlock;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the nodes agree on one chain.
 *
 * @param state {@code none} (no node can be reached), {@code one}, {@code lagging} (one chain, not all have its last
 *     blocks) or {@code split} (chains that exclude each other)
 * @param sinceMillis since when, milliseconds since 1970-01-01 UTC
 * @param lastCommon the highest block on every node's chain, absent when no node says where it is
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
     * @param workSinceCommon work of its blocks behind the last common one; absent when that is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BranchInfo(
            String tip, long height, String work, @Nullable String workSinceCommon, List<BranchNode> nodes) {}

    /**
     * A node on a branch.
     *
     * @param behind blocks from its tip to the branch's
     */
    public record BranchNode(String nodeKey, String name, long behind) {}

    static AgreementInfo of(Agreement agreement) {
        TreeBlock common = agreement.lastCommon();
        return new AgreementInfo(
                agreement.state().name().toLowerCase(Locale.ROOT),
                agreement.sinceMillis(),
                common == null
                        ? null
                        : new CommonBlock(common.hash().toHex(), common.height(), common.timestampMillis()),
                agreement.depth(),
                agreement.branches().stream()
                        .map(branch -> branch(branch, common))
                        .toList());
    }

    private static BranchInfo branch(Agreement.Branch branch, @Nullable TreeBlock common) {
        BigInteger work = branch.tip().work().value();
        return new BranchInfo(
                branch.tip().hash().toHex(),
                branch.tip().height(),
                work.toString(),
                common == null ? null : work.subtract(common.work().value()).toString(),
                branch.nodes().stream()
                        .map(node -> new BranchNode(node.nodeKey(), node.name(), node.behind()))
                        .toList());
    }
}
