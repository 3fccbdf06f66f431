package dev.rensa.protocol.state;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** The roots of 256 neighbouring buckets, which are one perfect subtree of the state. Immutable. */
final class BucketPage {

    static final int BUCKETS = 256;

    /** Levels between a bucket and the root of its page. */
    static final int LEVELS = 8;

    static final BucketPage EMPTY = new BucketPage(new byte[BUCKETS / 8]);

    /** Bit by bit whether a bucket has accounts, the first bucket in the highest bit. */
    private static final int BITMAP_BYTES = BUCKETS / 8;

    private final byte[] encoded;
    private final Hash root;

    private BucketPage(byte[] encoded) {
        this.encoded = encoded;
        this.root = subtree(roots(), 0, LEVELS);
    }

    /**
     * Reads the canonical form.
     *
     * @throws MalformedException if its length is not what its bitmap says, or an empty bucket is spelled out
     */
    static BucketPage decode(byte[] bytes) {
        if (bytes.length < BITMAP_BYTES || bytes.length != BITMAP_BYTES + count(bytes) * Hash.LENGTH) {
            throw new MalformedException(
                    RejectionReason.MALFORMED, "a page of bucket roots is not as long as its bitmap says");
        }
        BucketPage page = new BucketPage(bytes.clone());
        for (int offset = BITMAP_BYTES; offset < bytes.length; offset += Hash.LENGTH) {
            if (Hash.of(bytes, offset).equals(EmptySubtrees.EMPTY_BUCKET)) {
                throw new MalformedException(
                        RejectionReason.NOT_CANONICAL, "a page of bucket roots spells an empty bucket out");
            }
        }
        return page;
    }

    private static int count(byte[] bytes) {
        int count = 0;
        for (int i = 0; i < BITMAP_BYTES; i++) {
            count += Integer.bitCount(bytes[i] & 0xff);
        }
        return count;
    }

    BucketPage with(Map<Integer, Hash> changed) {
        Hash[] roots = roots();
        changed.forEach((bucket, bucketRoot) -> roots[bucket] = bucketRoot);
        BitSet present = new BitSet(BUCKETS);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            present.set(bucket, !roots[bucket].equals(EmptySubtrees.EMPTY_BUCKET));
        }
        byte[] bytes = new byte[BITMAP_BYTES + present.cardinality() * Hash.LENGTH];
        int offset = BITMAP_BYTES;
        for (int bucket = present.nextSetBit(0); bucket >= 0; bucket = present.nextSetBit(bucket + 1)) {
            bytes[bucket / 8] |= (byte) (0x80 >>> bucket % 8);
            roots[bucket].writeTo(bytes, offset);
            offset += Hash.LENGTH;
        }
        return new BucketPage(bytes);
    }

    Hash root() {
        return root;
    }

    Hash root(int bucket) {
        if (!isPresent(bucket)) {
            return EmptySubtrees.EMPTY_BUCKET;
        }
        int before = 0;
        for (int i = 0; i < bucket / 8; i++) {
            before += Integer.bitCount(encoded[i] & 0xff);
        }
        before += Integer.bitCount((encoded[bucket / 8] & 0xff) >>> (8 - bucket % 8));
        return Hash.of(encoded, BITMAP_BYTES + before * Hash.LENGTH);
    }

    byte[] toBytes() {
        return encoded.clone();
    }

    /** The siblings from a bucket up to the root of the page. */
    List<Hash> path(int bucket) {
        Hash[] roots = roots();
        List<Hash> path = new ArrayList<>(LEVELS);
        for (int height = 0; height < LEVELS; height++) {
            int sibling = (bucket >>> height) ^ 1;
            path.add(subtree(roots, sibling << height, height));
        }
        return path;
    }

    private boolean isPresent(int bucket) {
        return (encoded[bucket / 8] & (0x80 >>> bucket % 8)) != 0;
    }

    private Hash[] roots() {
        Hash[] roots = new Hash[BUCKETS];
        int offset = BITMAP_BYTES;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (isPresent(bucket)) {
                roots[bucket] = Hash.of(encoded, offset);
                offset += Hash.LENGTH;
            } else {
                roots[bucket] = EmptySubtrees.EMPTY_BUCKET;
            }
        }
        return roots;
    }

    private Hash subtree(Hash[] roots, int first, int height) {
        int end = first + (1 << height);
        int present = first;
        while (present < end && !isPresent(present)) {
            present++;
        }
        if (present == end) {
            return EmptySubtrees.ofHeight(height);
        }
        if (height == 0) {
            return EmptySubtrees.leaf(roots[first]);
        }
        Hash left = subtree(roots, first, height - 1);
        Hash right = subtree(roots, first + (1 << (height - 1)), height - 1);
        return EmptySubtrees.inner(left, right, height);
    }
}
