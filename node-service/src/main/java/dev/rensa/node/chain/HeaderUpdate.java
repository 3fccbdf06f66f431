package dev.rensa.node.chain;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes to the header tree that are stored together, readable before they are. For the writer thread. */
final class HeaderUpdate {
    private final HeaderTree tree;
    private final StorageBatch batch = new StorageBatch();
    private final Map<BlockHash, HeaderRecord> staged = new LinkedHashMap<>();
    private final Set<BlockHash> newTips = new HashSet<>();
    private final Set<BlockHash> lostTips = new HashSet<>();

    HeaderUpdate(HeaderTree tree) {
        this.tree = tree;
    }

    @Nullable
    HeaderRecord find(BlockHash hash) {
        HeaderRecord record = staged.get(hash);
        return record == null ? tree.find(hash) : record;
    }

    HeaderRecord require(BlockHash hash) {
        HeaderRecord record = staged.get(hash);
        return record == null ? tree.require(hash) : record;
    }

    /** Adds a header that is new; its parent is no tip any more. */
    void add(HeaderRecord record) {
        replace(record);
        batch.put(Column.CHILDREN, Records.child(record.parent(), record.hash()), Records.PRESENT);
        removeTip(record.parent());
        addTip(record.hash());
    }

    /** Makes a header known that is not stored. An update that knows such must not be committed. */
    void foresee(HeaderRecord record) {
        staged.put(record.hash(), record);
    }

    /** Stores a new state of a header. */
    void replace(HeaderRecord record) {
        staged.put(record.hash(), record);
        batch.put(Column.HEADERS, record.hash().toBytes(), Records.encode(record));
    }

    void addTip(BlockHash hash) {
        lostTips.remove(hash);
        newTips.add(hash);
    }

    void removeTip(BlockHash hash) {
        newTips.remove(hash);
        lostTips.add(hash);
    }

    boolean isEmpty() {
        return staged.isEmpty();
    }

    /** For what must be stored together with the headers. */
    StorageBatch batch() {
        return batch;
    }

    Map<BlockHash, HeaderRecord> staged() {
        return staged;
    }

    Set<BlockHash> newTips() {
        return newTips;
    }

    Set<BlockHash> lostTips() {
        return lostTips;
    }
}
