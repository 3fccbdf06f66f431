package dev.rensa.node.gossip;

/**
 * The last short ids that were put in, forgetting the older half at once when full: two plain sets cost less than a list
 * through all entries, and nothing depends on which of the old ones are forgotten.
 */
final class RecentIds {

    private final int generationSize;
    private final long secret;
    private ShortIdSet young;
    private ShortIdSet old;

    /**
     * Starts empty.
     *
     * @param capacity most ids that are remembered; half as many are remembered for certain
     * @param secret from the node's source of randomness
     */
    RecentIds(int capacity, long secret) {
        this.generationSize = capacity / 2;
        this.secret = secret;
        this.young = new ShortIdSet(secret);
        this.old = new ShortIdSet(secret);
    }

    /** Remembers an id; false if it was remembered already. */
    boolean add(long id) {
        if (old.contains(id) || !young.add(id)) {
            return false;
        }
        if (young.size() >= generationSize) {
            forgetOlderHalf();
        }
        return true;
    }

    boolean contains(long id) {
        return young.contains(id) || old.contains(id);
    }

    void remove(long id) {
        young.remove(id);
        old.remove(id);
    }

    /** What was put in before the last call of this is forgotten. */
    void forgetOlderHalf() {
        old = young;
        young = new ShortIdSet(secret);
    }
}
