package dev.rensa.node.snapshot;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.state.BucketRoots;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which buckets are here, which are asked for, and which to ask for next. Writer thread only. */
final class ChunkPlan {

    /** Chunks that are asked for or being proved at once: some 16 MiB, at most 48. */
    static final int MAX_OPEN = 16;

    private final BitSet done = new BitSet(BucketRoots.BUCKETS);
    private final BitSet asked = new BitSet(BucketRoots.BUCKETS);
    private final Set<Range> open = new HashSet<>();

    /** Large buckets of which some parts are here. */
    private final Map<Integer, Begun> begun = new TreeMap<>();

    /**
     * Neighbouring buckets, or a part of one.
     *
     * @param part how many parts of the first bucket are here
     */
    record Range(int first, int count, int part) {

        static Range of(Message.GetStateChunk question) {
            return new Range(question.first(), question.count(), question.part());
        }
    }

    /**
     * Parts of a large bucket that are here.
     *
     * @param roots theirs
     * @param last the last key in them
     */
    record Begun(List<Hash> roots, PublicKey last) {}

    /** Begins with what is here. */
    void restart(BitSet here) {
        done.clear();
        done.or(here);
        begun.clear();
        asked.clear();
        open.clear();
    }

    /** Nothing more is asked for until the next restart. */
    void stop() {
        asked.set(0, BucketRoots.BUCKETS);
        open.clear();
    }

    /** The next part of a bucket, or the lowest buckets that nobody was asked for; none if too much is open. */
    Optional<Range> next() {
        if (open.size() >= MAX_OPEN) {
            return Optional.empty();
        }
        for (var bucket : begun.entrySet()) {
            if (!asked.get(bucket.getKey())) {
                return Optional.of(
                        new Range(bucket.getKey(), 1, bucket.getValue().roots().size()));
            }
        }
        BitSet taken = (BitSet) done.clone();
        taken.or(asked);
        begun.keySet().forEach(taken::set);
        int first = taken.nextClearBit(0);
        if (first >= BucketRoots.BUCKETS) {
            return Optional.empty();
        }
        int end = Math.min(first + MessageLimits.MAX_CHUNK_BUCKETS, BucketRoots.BUCKETS);
        int next = taken.nextSetBit(first);
        return Optional.of(new Range(first, (next < 0 ? end : Math.min(end, next)) - first, 0));
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

    void stored(int first, int count) {
        done.set(first, first + count);
        begun.keySet().removeIf(done::get);
    }

    /** Whether this part of a bucket is the one behind those that are here. */
    boolean isNextPart(int bucket, int part) {
        return !done.get(bucket) && partRoots(bucket).size() == part;
    }

    /** Roots of the parts of a bucket that are here. */
    List<Hash> partRoots(int bucket) {
        return Optional.ofNullable(begun.get(bucket)).map(Begun::roots).orElse(List.of());
    }

    /** The last key in the parts of a bucket that are here, null if none is. */
    @Nullable
    PublicKey lastKey(int bucket) {
        return Optional.ofNullable(begun.get(bucket)).map(Begun::last).orElse(null);
    }

    void partStored(int bucket, List<Hash> roots, PublicKey last) {
        begun.put(bucket, new Begun(List.copyOf(roots), last));
    }

    /** Sixty-fourths of all buckets that are here. */
    int chunksDone() {
        return (int) ((long) done.cardinality() * SnapshotProgress.CHUNKS_TOTAL / BucketRoots.BUCKETS);
    }
}
