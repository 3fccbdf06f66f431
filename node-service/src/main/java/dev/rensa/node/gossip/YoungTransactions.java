package dev.rensa.node.gossip;

/** Ids of transactions that came within the last seconds. What is older, peers have or will not take. */
final class YoungTransactions {

    /** Youth lasts this long at least, and twice as long at most: several times what relaying takes. */
    static final long YOUTH_MILLIS = 2_000;

    /** Most ids that are remembered, some seconds at any rate a chain can confirm; 1 MB. */
    static final int MAX_YOUNG = 65_536;

    private final RecentIds ids;
    private long turnedMillis;

    YoungTransactions(long secret) {
        this.ids = new RecentIds(MAX_YOUNG, secret);
    }

    void add(long id, long nowMillis) {
        turn(nowMillis);
        ids.add(id);
    }

    boolean contains(long id, long nowMillis) {
        turn(nowMillis);
        return ids.contains(id);
    }

    private void turn(long nowMillis) {
        long elapsedMillis = nowMillis - turnedMillis;
        if (elapsedMillis >= YOUTH_MILLIS) {
            ids.forgetOlderHalf();
            if (elapsedMillis >= 2 * YOUTH_MILLIS) {
                ids.forgetOlderHalf();
            }
            turnedMillis = nowMillis;
        }
    }
}
