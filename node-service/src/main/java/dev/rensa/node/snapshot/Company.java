package dev.rensa.node.snapshot;

import dev.rensa.node.peer.PeerLink;
import java.time.InstantSource;

/**
 * Since when a joining node has company. Who is met first decides nothing, however many these seem to be: keys cost nothing,
 * and whoever dials in may be quicker than this node's own search. Writer thread only.
 */
final class Company {

    /** Time for others beside the first peer that this node dialled: those that its search found answer within seconds. */
    static final long OTHERS_MILLIS = 3_000;

    /** Time while all who are here dialled in: three times what a search waits for its sources, once in a node's life. */
    static final long LONE_MILLIS = 10_000;

    private final InstantSource clock;
    private long metMillis = Long.MAX_VALUE;
    private long dialledMillis = Long.MAX_VALUE;

    Company(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A peer is here.
     *
     * @param alone whether nobody else is: then those before it, who are gone, were no company
     */
    void met(PeerLink link, boolean alone) {
        if (alone) {
            metMillis = clock.millis();
            dialledMillis = Long.MAX_VALUE;
        }
        if (link.info().outbound()) {
            dialledMillis = Math.min(dialledMillis, clock.millis());
        }
    }

    /** Whether others had time to show a better chain than that of those met first. */
    boolean isComplete() {
        return dialledMillis == Long.MAX_VALUE
                ? clock.millis() - metMillis > LONE_MILLIS
                : clock.millis() - dialledMillis > OTHERS_MILLIS;
    }
}
