package dev.rensa.explorer.tree;

import dev.rensa.explorer.observe.Head;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the nodes agree on one chain.
 *
 * @param sinceMillis when this state began, milliseconds since 1970-01-01 UTC
 * @param lastCommon the highest block that is on every node's chain; absent without nodes, or when it is below the tree and no
 *     node has been asked for it
 * @param depth blocks of the best chain behind the last common one; when that is unknown, how far the tree reaches
 * @param branches one when they agree, several when they are split, best first by the fork choice
 */
public record Agreement(
        State state, long sinceMillis, @Nullable TreeBlock lastCommon, long depth, List<Branch> branches) {

    /** What holds before a node has answered. */
    static final Agreement WITHOUT_NODES = new Agreement(State.NONE, 0, null, 0, List.of());

    /** How the nodes' chains stand to one another. */
    public enum State {
        /** No node of the network can be reached. */
        NONE,
        /** Every node has the same tip. */
        ONE,
        /** All tips lie on one chain, and some nodes have not its last blocks yet. */
        LAGGING,
        /** Two nodes have chains that exclude each other. */
        SPLIT
    }

    /**
     * A chain that at least one node has.
     *
     * @param nodes who is on it
     */
    public record Branch(Head tip, List<Follower> nodes) {}

    /**
     * A node on a branch.
     *
     * @param nodeKey its identity
     * @param behind blocks from its tip to the branch's
     */
    public record Follower(String nodeKey, String name, long behind) {}

    /** The same judgement with the time at which it began. */
    Agreement since(long millis) {
        return new Agreement(state, millis, lastCommon, depth, branches);
    }
}
