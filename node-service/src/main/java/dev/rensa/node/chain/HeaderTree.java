package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All headers that are known, with the ways down to the parent and up to the children. They are in the storage; memory
 * holds a bounded number of recent ones and the tips.
 *
 * <p>Owned by the writer thread, but for {@link #peek} and {@link #tipHashes}.
 */
final class HeaderTree {
    /** 8,192 headers, about 4 MB: a batch of headers and the last hours' blocks. */
    private static final int CACHE_BITS = 13;

    /** Tips that are remembered. Beyond it the one with the least work is forgotten; its headers stay stored. */
    static final int MAX_TIPS = 1_024;

    private final ChainStorage storage;
    private final SlotCache<BlockHash, HeaderRecord> cache = new SlotCache<>(CACHE_BITS);
    private final Map<BlockHash, HeaderRecord> tips = new HashMap<>();
    private volatile List<BlockHash> tipHashes = List.of();

    HeaderTree(ChainStorage storage) {
        this.storage = storage;
        storage.scan(Column.TIPS, new byte[0], null, (key, value) -> {
            BlockHash hash = BlockHash.of(key);
            tips.put(hash, require(hash));
        });
        tipHashes = List.copyOf(tips.keySet());
    }

    /** From any thread. */
    @Nullable
    HeaderRecord peek(BlockHash hash) {
        HeaderRecord cached = cache.get(hash);
        return cached == null ? read(storage, hash) : cached;
    }

    /** The header as another reader of the storage sees it. */
    static @Nullable HeaderRecord read(StorageReader reader, BlockHash hash) {
        byte[] value = reader.get(Column.HEADERS, hash.toBytes());
        return value == null ? null : Records.decodeHeader(hash, value);
    }

    @Nullable
    HeaderRecord find(BlockHash hash) {
        HeaderRecord cached = cache.get(hash);
        if (cached != null) {
            return cached;
        }
        HeaderRecord stored = read(storage, hash);
        if (stored != null) {
            cache.put(hash, stored);
        }
        return stored;
    }

    /** A header that must be there. */
    HeaderRecord require(BlockHash hash) {
        HeaderRecord record = find(hash);
        if (record == null) {
            throw new StorageException("the store is damaged: the header of block " + hash + " is missing");
        }
        return record;
    }

    HeaderRecord parentOf(HeaderRecord record) {
        return require(record.parent());
    }

    List<HeaderRecord> childrenOf(BlockHash parent) {
        List<HeaderRecord> children = new ArrayList<>(1);
        storage.scan(
                Column.CHILDREN,
                parent.toBytes(),
                after(parent),
                (key, value) -> children.add(require(BlockHash.of(key, BlockHash.LENGTH))));
        return children;
    }

    Collection<HeaderRecord> tips() {
        return tips.values();
    }

    /** From any thread. */
    List<BlockHash> tipHashes() {
        return tipHashes;
    }

    HeaderUpdate update() {
        return new HeaderUpdate(this);
    }

    /** Marks a block and everything on top of it as invalid; its parent may become a tip again. */
    HeaderUpdate invalidate(HeaderRecord first) {
        HeaderUpdate update = update();
        Deque<HeaderRecord> open = new ArrayDeque<>();
        open.push(first);
        while (!open.isEmpty()) {
            HeaderRecord record = open.pop();
            if (!record.isInvalid()) {
                update.replace(record.with(BlockState.INVALID, false));
                update.removeTip(record.hash());
                childrenOf(record.hash()).forEach(open::push);
            }
        }
        boolean parentIsTip = childrenOf(first.parent()).stream()
                .allMatch(child -> child.isInvalid() || child.hash().equals(first.hash()));
        if (parentIsTip) {
            update.addTip(first.parent());
        }
        return update;
    }

    void commit(HeaderUpdate update) {
        StorageBatch batch = update.batch();
        boolean tipsChange = stageTips(update, batch);
        storage.commit(batch);
        update.staged().forEach((hash, record) -> {
            cache.put(hash, record);
            tips.replace(hash, record);
        });
        if (tipsChange) {
            update.lostTips().forEach(tips::remove);
            update.newTips().forEach(hash -> tips.put(hash, require(hash)));
            forgetWeakTips();
            tipHashes = List.copyOf(tips.keySet());
        }
    }

    private boolean stageTips(HeaderUpdate update, StorageBatch batch) {
        update.lostTips().removeIf(hash -> !tips.containsKey(hash));
        update.newTips().removeIf(tips::containsKey);
        update.lostTips().forEach(hash -> batch.delete(Column.TIPS, hash.toBytes()));
        update.newTips().forEach(hash -> batch.put(Column.TIPS, hash.toBytes(), Records.PRESENT));
        return !update.lostTips().isEmpty() || !update.newTips().isEmpty();
    }

    private void forgetWeakTips() {
        while (tips.size() > MAX_TIPS) {
            HeaderRecord weakest = null;
            for (HeaderRecord tip : tips.values()) {
                if (weakest == null || weakest.isBetterThan(tip)) {
                    weakest = tip;
                }
            }
            if (weakest != null) {
                tips.remove(weakest.hash());
                storage.commit(
                        new StorageBatch().delete(Column.TIPS, weakest.hash().toBytes()));
            }
        }
    }

    /** The first key behind all keys that begin with this hash; null behind the last possible one. */
    private static byte @Nullable [] after(BlockHash prefix) {
        byte[] bytes = prefix.toBytes();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (++bytes[i] != 0) {
                return bytes;
            }
        }
        return null;
    }
}
