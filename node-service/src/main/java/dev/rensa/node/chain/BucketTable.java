package dev.rensa.node.chain;

import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.codec.ByteWriter;
import dev.rensa.protocol.state.BucketRoots;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bucket roots as they are stored: 256 pages as of the last computed state, and for each batch that changed accounts since a
 * row that lists the buckets which it touched first. A root is right unless a row names its bucket.
 */
final class BucketTable {
    private static final int PAGE_KEY_BYTES = 1;

    private BucketTable() {}

    /** What a storage holds. */
    record Stored(BucketRoots roots, BitSet touched, long firstRow, long nextRow) {}

    static Stored load(StorageReader storage) {
        List<byte[]> pages = new ArrayList<>(BucketRoots.EMPTY.pages());
        BitSet touched = new BitSet(BucketRoots.BUCKETS);
        long[] rows = {-1, 0};
        storage.scan(Column.BUCKETS, new byte[0], null, (key, value) -> {
            if (key.length == PAGE_KEY_BYTES) {
                pages.set(key[0] & 0xff, value);
            } else {
                touched.or(Records.decode(value, BucketTable::readRow));
                rows[1] = Records.decodeHeight(key) + 1;
                rows[0] = rows[0] < 0 ? rows[1] - 1 : rows[0];
            }
        });
        return new Stored(decodePages(pages), touched, Math.max(rows[0], 0), rows[1]);
    }

    private static BucketRoots decodePages(List<byte[]> pages) {
        return Records.decoding(() -> BucketRoots.decode(pages));
    }

    private static BitSet readRow(ByteReader reader) {
        BitSet buckets = new BitSet(BucketRoots.BUCKETS);
        while (reader.remaining() > 0) {
            buckets.set(reader.readU16());
        }
        return buckets;
    }

    /** Adds a row that names buckets. */
    static void stageRow(long row, BitSet buckets, StorageBatch batch) {
        ByteWriter writer = new ByteWriter(buckets.cardinality() * Short.BYTES);
        buckets.stream().forEach(writer::writeU16);
        batch.put(Column.BUCKETS, Records.height(row), writer.toBytes());
    }

    /** Replaces the pages that differ. */
    static void stagePages(@Nullable BucketRoots before, BucketRoots after, StorageBatch batch) {
        for (int page = 0; page < BucketRoots.PAGES; page++) {
            if (before == null || !after.samePage(page, before)) {
                batch.put(Column.BUCKETS, new byte[] {(byte) page}, after.page(page));
            }
        }
    }

    /** Drops rows, whose buckets the pages have taken in. */
    static void deleteRows(long first, long end, StorageBatch batch) {
        for (long row = first; row < end; row++) {
            batch.delete(Column.BUCKETS, Records.height(row));
        }
    }
}
