package dev.rensa.explorer.tree;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recent blocks of all nodes, by hash. Not safe for threads: {@link TreeKeeper} guards it. */
final class BlockTree {

    /** How far below the best height blocks are kept: at 5 s a block a quarter of an hour, enough to watch a split. */
    static final int WINDOW_HEIGHTS = 200;

    /** Most blocks: the window ten times over. Only a network of very many branches meets it; its lowest blocks leave. */
    static final int MAX_BLOCKS = 2_000;

    /** Most nodes of which a block's arrival is noted; as many as are followed at once. */
    private static final int MAX_ARRIVALS = 128;

    private static final Comparator<TreeBlock> NEWEST_FIRST =
            Comparator.comparingLong(TreeBlock::height).reversed().thenComparing(TreeBlock::hash);

    private final Map<BlockHash, TreeBlock> blocks = new HashMap<>();
    private long bestHeight;

    /** Adds a block unless it is known, or lies below the window. */
    void add(TreeBlock block) {
        if (block.height() < lowestHeight() || blocks.putIfAbsent(block.hash(), block) != null) {
            return;
        }
        if (block.height() > bestHeight) {
            bestHeight = block.height();
            long lowest = lowestHeight();
            blocks.values().removeIf(old -> old.height() < lowest);
        }
        if (blocks.size() > MAX_BLOCKS) {
            newestFirst().stream().skip(MAX_BLOCKS).forEach(old -> blocks.remove(old.hash()));
        }
    }

    /** Notes when a node took a block for its tip; the earliest time told stays. */
    void arrived(BlockHash hash, String nodeKey, long millis) {
        blocks.computeIfPresent(hash, (_, block) -> {
            Map<String, Long> arrivals = new HashMap<>(block.arrivals());
            if (arrivals.size() < MAX_ARRIVALS || arrivals.containsKey(nodeKey)) {
                arrivals.merge(nodeKey, millis, Math::min);
            }
            return new TreeBlock(
                    block.hash(),
                    block.parent(),
                    block.height(),
                    block.timestampMillis(),
                    block.work(),
                    block.miner(),
                    block.transactionCount(),
                    arrivals);
        });
    }

    Optional<TreeBlock> block(BlockHash hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    /** Lowest height of the window. */
    long lowestHeight() {
        return Math.max(0, bestHeight - WINDOW_HEIGHTS);
    }

    /** Forgets everything, for another network. */
    void clear() {
        blocks.clear();
        bestHeight = 0;
    }

    List<TreeBlock> newestFirst() {
        List<TreeBlock> sorted = new ArrayList<>(blocks.values());
        sorted.sort(NEWEST_FIRST);
        return sorted;
    }
}
