package dev.rensa.explorer.lab;

import dev.rensa.explorer.observe.NodeView;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who plays which part in the story of a double spend.
 *
 * @param honest the nodes on the merchant's side
 * @param attackers the nodes on the attacker's side
 * @param confirmations that the merchant waits for, and so blocks of the honest side
 * @param attackerBlocks blocks of the attacker's side
 * @param share of all hashes that is the attackers'
 */
public record StoryPlan(
        List<NodeView> honest, List<NodeView> attackers, int confirmations, int attackerBlocks, HashShare share) {

    /** Blocks of one side: some seconds of work on the development network. */
    public static final int MAX_BLOCKS = 20;

    public StoryPlan {
        honest = List.copyOf(honest);
        attackers = List.copyOf(attackers);
    }

    List<NodeView> everybody() {
        return Stream.concat(honest.stream(), attackers.stream()).toList();
    }
}
