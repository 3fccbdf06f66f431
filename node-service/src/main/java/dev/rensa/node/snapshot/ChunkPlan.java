package dev.rensa.node.snapshot;

import dev.rensa.node.peer.MessageLimits;
import dev.rensa.protocol.state.BucketRoots;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which buckets are here, which are asked for, and which to ask for next. Writer thread only. */
final class ChunkPlan {

    /** Chunks that are asked for or being proved at once: some 16 MiB. */
    static final int MAX_OPEN = 16;

    private final BitSet done = new BitSet(BucketRoots.BUCKETS);
    private final BitSet asked = new BitSet(BucketRoots.BUCKETS);
    private final Set<Range> open = new HashSet<>();

    /** Neighbouring buckets. */
    record Range(int first, int count) {}

    /** Begins with what is here. */
    void restart(BitSet here) {
        done.clear();
        done.or(here);
        asked.clear();
        open.clear();
    }

    /** Nothing more is asked for until the next restart. */
    void stop() {
        asked.set(0, BucketRoots.BUCKETS);
        open.clear();
    }

    /** The lowest buckets that nobody was asked for; none if too much is open. */
    Optional<Range> next() {
        if (open.size() >= MAX_OPEN) {
            return Optional.empty();
        }
        BitSet taken = (BitSet) done.clone();
        taken.or(asked);
        int first = taken.nextClearBit(0);
        if (first >= BucketRoots.BUCKETS) {
            return Optional.empty();
        }
        int end = Math.min(first + MessageLimits.MAX_CHUNK_BUCKETS, BucketRoots.BUCKETS);
        int next = taken.nextSetBit(first);
        return Optional.of(new Range(first, (next < 0 ? end : Math.min(end, next)) - first));
    }

    void asked(Range range) {
        asked.set(range.first(), range.first() + range.count());
        open.add(range);
    }

    /** The question is answered or given up; harmless if it was before. */
    void release(Range range) {
        if (open.remove(range)) {
            asked.clear(range.first(), range.first() + range.count());
        }
    }

    void stored(Range range) {
        done.set(range.first(), range.first() + range.count());
    }

    /** Sixty-fourths of all buckets that are here. */
    int chunksDone() {
        return (int) ((long) done.cardinality() * SnapshotProgress.CHUNKS_TOTAL / BucketRoots.BUCKETS);
    }
}
