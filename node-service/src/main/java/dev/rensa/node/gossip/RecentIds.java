package dev.rensa.node.gossip;

import dev.rensa.protocol.crypto.TransactionId;
import java.util.HashSet;
import java.util.Set;

/**
 * The last ids that were put in, forgetting the oldest half at once when full: two plain sets cost less than a list
 * through all entries, and nothing depends on which of the old ones are forgotten.
 */
final class RecentIds {

    private final int generationSize;
    private Set<TransactionId> young = new HashSet<>();
    private Set<TransactionId> old = new HashSet<>();

    /**
     * Starts empty.
     *
     * @param capacity most ids that are remembered; half as many are remembered for certain
     */
    RecentIds(int capacity) {
        this.generationSize = capacity / 2;
    }

    /** Remembers an id; false if it was remembered already. */
    boolean add(TransactionId id) {
        if (old.contains(id) || !young.add(id)) {
            return false;
        }
        if (young.size() >= generationSize) {
            old = young;
            young = new HashSet<>();
        }
        return true;
    }

    boolean contains(TransactionId id) {
        return young.contains(id) || old.contains(id);
    }

    void remove(TransactionId id) {
        young.remove(id);
        old.remove(id);
    }
}
