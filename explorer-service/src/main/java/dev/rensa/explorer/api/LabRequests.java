package dev.rensa.explorer.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lab is told to do; nodes are named by their keys. */
public final class LabRequests {

    private LabRequests() {}

    /**
     * Part two groups of nodes.
     *
     * @param forSeconds after what time the cuts heal by themselves, 1 to 86,400; never when left out
     */
    public record SplitRequest(
            @Nullable List<String> left,
            @Nullable List<String> right,
            @Nullable Long forSeconds) {}

    /**
     * Disturb, or heal, the link between two nodes, on both of its sides.
     *
     * @param heal whether to heal it; then nothing else is looked at
     */
    public record LinkRequest(
            @Nullable String a,
            @Nullable String b,
            @Nullable Boolean heal,
            @Nullable Boolean cut,
            @Nullable Integer delayMillis,
            @Nullable Integer jitterMillis,
            @Nullable Integer lossPercent,
            @Nullable Long seed,
            @Nullable Long forSeconds) {}

    /**
     * Command miners.
     *
     * @param action {@code start}, {@code stop} or {@code mine}
     * @param blocks how many {@code mine} is to find on each node, 1 to 20; 1 when left out
     * @param forSeconds after what time miners go on by themselves that {@code stop} stops, 1 to 86,400; never when left out
     */
    public record MiningRequest(
            @Nullable List<String> nodes,
            @Nullable String action,
            @Nullable Integer blocks,
            @Nullable Long forSeconds) {}

    /**
     * Begin the story of a double spend.
     *
     * @param honest nodes on the merchant's side
     * @param attackers nodes on the attacker's side; together all nodes of the network
     * @param confirmations that the merchant waits for, 1 to 20; 2 when left out
     * @param attackerBlocks that the attacker mines meanwhile, 1 to 20; one more than {@code confirmations} when left out
     */
    public record StoryRequest(
            @Nullable List<String> honest,
            @Nullable List<String> attackers,
            @Nullable Integer confirmations,
            @Nullable Integer attackerBlocks) {}
}
