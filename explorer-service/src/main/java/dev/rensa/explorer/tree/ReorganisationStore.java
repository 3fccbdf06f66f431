package dev.rensa.explorer.tree;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;

/** Where reorganisations are kept. From any thread. */
public interface ReorganisationStore {

    /** Most that are kept; the oldest leave. A network that reorganises once a minute fills it in a week. */
    int MAX_KEPT = 10_000;

    /** Keeps one, unless the same node's change of the same moment is kept already. */
    void add(Reorganisation reorganisation);

    /**
     * A page of a network's, newest first.
     *
     * @param timeMillis time of the last one of the page before; {@link Long#MAX_VALUE} for the first page
     * @param nodeKey node of that one, for several nodes may change in the same moment
     */
    List<Reorganisation> before(BlockHash network, long timeMillis, String nodeKey, int limit);
}
