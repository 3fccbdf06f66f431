package dev.rensa.node.snapshot;

import dev.rensa.node.chain.Chain;
import java.time.InstantSource;

/**
 * How long a joining node waits for headers that peers only claim to have. A claim costs nothing, and a peer whose claim is
 * doubted comes back as another one: claims must not hold it up for ever. But nor must they hide who tells the truth: of
 * those who came in time, only claims whose turn has been do not count. Writer thread only.
 */
final class ClaimPatience {

    /** How long claims are waited for that nobody bears out; who comes later is not waited for. */
    static final long PATIENCE_MILLIS = 60_000;

    /** Headers by which the best branch must grow for the waiting to begin anew: far more than are mined meanwhile. */
    static final long BORNE_OUT_HEADERS = 500;

    private final Chain chain;
    private final PeerTips tips;
    private final InstantSource clock;

    /** Since when claims are waited for, and how high the best header was then. */
    private long sinceMillis = Long.MAX_VALUE;

    private long sinceHeight;

    ClaimPatience(Chain chain, PeerTips tips, InstantSource clock) {
        this.chain = chain;
        this.tips = tips;
        this.clock = clock;
    }

    /** Whether the best header is here, as far as peers have shown. To be called every few seconds. */
    boolean isBestHeaderHere() {
        if (tips.areKnown()) {
            sinceMillis = Long.MAX_VALUE;
            return true;
        }
        long now = clock.millis();
        long height = chain.bestHeader().height();
        if (sinceMillis == Long.MAX_VALUE || height - sinceHeight >= BORNE_OUT_HEADERS) {
            sinceMillis = now;
            sinceHeight = height;
        }
        long lastMillis = sinceMillis + PATIENCE_MILLIS;
        return now > lastMillis && tips.hadTheirTurn(lastMillis);
    }
}
