package dev.rensa.node.chain;

import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks whose bodies are stored, the latest used ones decoded. From any thread. */
final class BlockBodies {
    /** Bytes of decoded blocks that are kept: what was just accepted is connected, relayed and served right after. */
    private static final long MAX_CACHED_BYTES = 16L << 20;

    private final ChainStorage storage;

    /** Guarded by itself; in the order of use. */
    private final Map<BlockHash, Block> recent = new LinkedHashMap<>(16, 0.75f, true);

    /** Guarded by {@link #recent}. */
    private long cachedBytes;

    BlockBodies(ChainStorage storage) {
        this.storage = storage;
    }

    @Nullable
    Block find(HeaderRecord record) {
        synchronized (recent) {
            Block cached = recent.get(record.hash());
            if (cached != null) {
                return cached;
            }
        }
        byte[] body = stored(record.hash());
        if (body == null) {
            return null;
        }
        Block block = new Block(record.header(), Records.decodeBody(body));
        remember(block);
        return block;
    }

    Block require(HeaderRecord record) {
        Block block = find(record);
        if (block == null) {
            throw new StorageException("the store is damaged: the body of block " + record.hash() + " is missing");
        }
        return block;
    }

    /** The body as it is stored; null if it is not here. */
    byte @Nullable [] stored(BlockHash hash) {
        return storage.get(Column.BODIES, hash.toBytes());
    }

    /** Keeps a stored block decoded for a while. */
    void remember(Block block) {
        synchronized (recent) {
            if (recent.put(block.hash(), block) == null) {
                cachedBytes += block.size();
            }
            Iterator<Block> oldest = recent.values().iterator();
            while (cachedBytes > MAX_CACHED_BYTES) {
                cachedBytes -= oldest.next().size();
                oldest.remove();
            }
        }
    }
}
