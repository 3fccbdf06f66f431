package dev.rensa.node.store;

import dev.rensa.node.chain.Column;
import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/** How RocksDB is set up. The native objects live until this is closed. */
final class RocksSettings implements AutoCloseable {
    /** Decompressed blocks, indexes and filters of all tables together. */
    private static final long BLOCK_CACHE_BYTES = 48L << 20;

    /** Writes of all tables together that are in memory until they become files. */
    private static final long MEMTABLE_BYTES = 48L << 20;

    private static final long MEMTABLE_BYTES_A_COLUMN = 16L << 20;

    /** The log beyond which quiet tables are written out too, so that opening stays quick. */
    private static final long MAX_LOG_BYTES = 128L << 20;

    /** Values above this are kept beside the tables and not copied again when tables are merged. */
    private static final long MIN_BLOB_BYTES = 4_096;

    private static final int MAX_OPEN_FILES = 512;

    /** Ten bits a key: one look-up in a hundred of a key that is not there reads a block. */
    private static final double BLOOM_BITS_PER_KEY = 10;

    private final Deque<AutoCloseable> natives = new ArrayDeque<>();
    private final Cache cache = keep(new LRUCache(BLOCK_CACHE_BYTES));
    private final BloomFilter bloom = keep(new BloomFilter(BLOOM_BITS_PER_KEY, false));

    DBOptions database() {
        return keep(new DBOptions())
                .setCreateMissingColumnFamilies(true)
                .setDbWriteBufferSize(MEMTABLE_BYTES)
                .setMaxTotalWalSize(MAX_LOG_BYTES)
                // Damage is an error at once, not a value that is quietly missing.
                .setParanoidChecks(true)
                // A record that a loss of power tore ends the log; SyncMark notices if that was not the tail.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setMaxBackgroundJobs(2)
                // There is one writer: inserting without atomic operations is quicker.
                .setAllowConcurrentMemtableWrite(false)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(4);
    }

    /** Reads the newest state. */
    ReadOptions reading() {
        return keep(new ReadOptions()).setVerifyChecksums(true);
    }

    /** Writes through the log to the operating system, which a kill of the process cannot take back. */
    WriteOptions writing() {
        return keep(new WriteOptions());
    }

    ColumnFamilyOptions column(Column column) {
        ColumnFamilyOptions options = keep(new ColumnFamilyOptions())
                .setWriteBufferSize(MEMTABLE_BYTES_A_COLUMN)
                .setCompressionType(compression(column))
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloom)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFormatVersion(5));
        if (column == Column.BODIES || column == Column.UNDO) {
            options.setEnableBlobFiles(true)
                    .setMinBlobSize(MIN_BLOB_BYTES)
                    .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setEnableBlobGarbageCollection(true);
        }
        return options;
    }

    /** Hashes and keys do not shrink; what has integers and text in it does. */
    private static CompressionType compression(Column column) {
        return switch (column) {
            case HEADERS, BODIES, UNDO, ACCOUNTS, META, REJECTIONS -> CompressionType.LZ4_COMPRESSION;
            case CHILDREN, BEST_HEADERS, TIPS, CANONICAL, POSITIONS, BUCKETS, STATE_ROOTS ->
                CompressionType.NO_COMPRESSION;
        };
    }

    private <T extends AutoCloseable> T keep(T object) {
        natives.push(object);
        return object;
    }

    @Override
    public void close() {
        for (AutoCloseable object : natives) {
            try {
                object.close();
            } catch (Exception e) {
                throw new IllegalStateException("releasing native memory does not fail", e);
            }
        }
        natives.clear();
    }
}
