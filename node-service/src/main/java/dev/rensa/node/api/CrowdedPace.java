package dev.rensa.node.api;

/** Whether bytes that hold what others wait for move fast enough. A little now and then is not. For one thread at a time. */
final class CrowdedPace {

    /** What has to move while others wait. */
    static final long MIN_BYTES_PER_SECOND = 256 * 1024;

    /** For how long nothing at all may move meanwhile. */
    static final long GRACE_MILLIS = 2_000;

    private long creditMillis = GRACE_MILLIS;
    private long lookedMillis;
    private long lookedBytes;

    CrowdedPace(long nowMillis) {
        this.lookedMillis = nowMillis;
    }

    /**
     * To be asked again and again; what is seen now is taken to hold since the last call.
     *
     * @param crowded whether others wait
     * @param movedBytes all that has moved so far
     */
    boolean isTooSlow(long nowMillis, boolean crowded, long movedBytes) {
        long earned = (movedBytes - lookedBytes) * 1_000 / MIN_BYTES_PER_SECOND;
        long spent = crowded ? nowMillis - lookedMillis : 0;
        creditMillis = Math.clamp(creditMillis + earned - spent, 0, GRACE_MILLIS);
        lookedMillis = nowMillis;
        lookedBytes = movedBytes;
        return crowded && creditMillis == 0;
    }
}
