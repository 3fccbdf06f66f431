package dev.rensa.wallet.node;

import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes to trust with a request: those on the chain with the most cumulative work. Height says nothing here: a
 * branch of many easy blocks is longer and worth less.
 */
final class NodeJudge {

    /**
     * Blocks, by their work, that a node may be behind, and that its chain may differ by at its tip. Nodes part for a block or
     * two all the time and meet again by themselves; a final transfer is deeper by default.
     */
    static final long MAX_LAG_BLOCKS = 5;

    private final NodesPolicy policy;

    NodeJudge(NodesPolicy policy) {
        this.policy = policy;
    }

    /** Why a network is refused, whatever else holds; null if it is not. */
    @Nullable
    String refusal(BlockHash network) {
        if (policy.production() && DevelopmentGenesis.is(network)) {
            return "it is of the development network, whose faucet key everybody knows; rensa.production refuses it";
        }
        BlockHash pinned = policy.pinnedNetwork();
        if (pinned != null && !pinned.equals(network)) {
            return "it is of network " + network + ", rensa.wallet.network-hash asks for " + pinned;
        }
        return null;
    }

    /** A node that answered. */
    record Look(Node node, NodeHealth health) {}

    /**
     * Judges one that answered.
     *
     * @param chosen the network served
     * @param best the node of that network with the most work
     */
    NodeHealth judge(Look seen, @Nullable Network chosen, @Nullable Look best) {
        BlockHash network = BlockHash.fromHex(seen.health().answer().networkHash());
        String refusal = refusal(network);
        if (refusal != null) {
            return seen.health().left(NodeState.OTHER_NETWORK, refusal);
        }
        if (chosen == null || best == null || !network.equals(chosen.hash())) {
            return seen.health().left(NodeState.OTHER_NETWORK, "it is of another network, " + network);
        }
        try {
            return place(seen, best);
        } catch (NodeUnavailableException e) {
            return seen.health().left(NodeState.UNREACHABLE, "it does not tell which blocks it has");
        }
    }

    private static NodeHealth place(Look seen, Look best) {
        StatusView status = seen.health().answer();
        StatusView bestStatus = best.health().answer();
        if (status.tip().equals(bestStatus.tip())) {
            return seen.health();
        }
        long missing = missingBlocks(seen.health(), best.health());
        boolean behind = status.height() <= bestStatus.height() && agree(best, status.height(), status.tip());
        if (behind) {
            return missing <= MAX_LAG_BLOCKS
                    ? seen.health()
                    : seen.health()
                            .left(
                                    NodeState.LAGGING,
                                    "it lags: its chain lacks the work of " + missing + " blocks that "
                                            + best.health().url() + " has");
        }
        long shared = Math.min(status.height(), bestStatus.height()) - MAX_LAG_BLOCKS;
        boolean parted = missing > MAX_LAG_BLOCKS || (shared > 0 && !shares(seen, best, shared));
        return parted
                ? seen.health()
                        .left(
                                NodeState.OTHER_BRANCH,
                                "it is on another branch, which has less work than that of "
                                        + best.health().url())
                : seen.health();
    }

    private static boolean shares(Look seen, Look best, long height) {
        return seen.node()
                .hashAt(height)
                .map(hash -> agree(best, height, hash.toHex()))
                .orElse(true);
    }

    /** The best node is not to blame here: if it says nothing, nothing is held against others. */
    private static boolean agree(Look best, long height, String hash) {
        try {
            return best.node()
                    .hashAt(height)
                    .map(there -> there.toHex().equals(hash))
                    .orElse(true);
        } catch (NodeUnavailableException e) {
            return true;
        }
    }

    /** How many of the best chain's average blocks a node's chain lacks. */
    private static long missingBlocks(NodeHealth seen, NodeHealth best) {
        BigInteger missing = best.work().subtract(seen.work());
        return missing.signum() <= 0 || best.work().signum() == 0
                ? 0
                : missing.multiply(BigInteger.valueOf(best.answer().height() + 1))
                        .divide(best.work())
                        .longValue();
    }
}
