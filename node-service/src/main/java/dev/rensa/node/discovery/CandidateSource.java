package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** One way to learn where nodes may listen. */
public interface CandidateSource {

    /** What the API calls it: {@code probe}, {@code dns}, {@code static}, … */
    String name();

    /**
     * Looks afresh. What cannot be found out now is left out; a failed stage counts as nothing found.
     *
     * @param leaveOut addresses that need no looking at: connected already, or left in peace for a while
     */
    CompletionStage<List<PeerAddress>> find(Predicate<PeerAddress> leaveOut);
}
