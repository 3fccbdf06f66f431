package dev.rensa.node.api;

import dev.rensa.node.lab.LinkFault;
import dev.rensa.node.lab.StandingFault;
import dev.rensa.node.peer.NodeKey;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The node's lab, from any thread. What gives orders throws a {@link ProblemException} when there is none. */
public interface LabControl {

    /** Whether there is one. */
    boolean enabled();

    /** What stands. */
    Map<NodeKey, StandingFault> faults();

    /**
     * Disturbs links.
     *
     * @param forMillis how long; until they are healed if empty
     * @return fails with a {@link ProblemException} if nothing was done
     */
    CompletionStage<Void> disturb(List<NodeKey> keys, LinkFault fault, OptionalLong forMillis);

    CompletionStage<Void> heal(NodeKey key);

    CompletionStage<Void> healAll();
}
