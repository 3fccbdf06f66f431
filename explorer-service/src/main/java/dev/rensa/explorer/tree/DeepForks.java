package dev.rensa.explorer.tree;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Where nodes' chains leave the best one, below what the tree holds: asked of the nodes by hashes at heights, each of which
 * halves what is left. Without it a long split would look like a node that lags. Safe for use by several threads.
 */
final class DeepForks {

    /** How often one node's fork is looked for: some thirty short questions. */
    private static final long LOOK_EVERY_MILLIS = 10_000;

    /** More nodes than are ever followed; beyond it everything is looked for anew. */
    private static final int MAX_NODES = 1_000;

    private final LongSupplier clock;
    private final Map<String, Long> lookedMillis = new ConcurrentHashMap<>();
    private final Map<String, TreeBlock> commons = new ConcurrentHashMap<>();

    DeepForks(LongSupplier clock) {
        this.clock = clock;
    }

    /** The last block that a node's chain shares with the best one; empty if they do not part, or the tree shows where. */
    Optional<TreeBlock> common(String nodeKey) {
        return Optional.ofNullable(commons.get(nodeKey));
    }

    void forget() {
        commons.clear();
        lookedMillis.clear();
    }

    /** Looks where a node's chain leaves the best one, unless the tree shows that or it was looked for a moment ago. */
    void look(Report own, NodeClient client, Report best, NodeClient bestClient, TreeSnapshot tree)
            throws NodeTroubleException {
        String key = own.status().nodeKey();
        if (tree.lastCommon(best.head().hash(), own.head().hash()).isPresent()) {
            commons.remove(key);
            lookedMillis.remove(key);
            return;
        }
        long now = clock.getAsLong();
        Long looked = lookedMillis.get(key);
        if (looked != null && now - looked < LOOK_EVERY_MILLIS) {
            return;
        }
        if (lookedMillis.size() > MAX_NODES) {
            forget();
        }
        lookedMillis.put(key, now);
        Optional<TreeBlock> common = find(
                own,
                client,
                bestClient,
                Math.min(own.head().height(), best.head().height()));
        if (common.isPresent()) {
            commons.put(key, common.get());
        } else {
            commons.remove(key);
        }
    }

    private static Optional<TreeBlock> find(Report own, NodeClient client, NodeClient best, long height)
            throws NodeTroubleException {
        if (isShared(height, client, best)) {
            return Optional.empty();
        }
        // Block 0 is the network itself.
        long shared = 0;
        long different = height;
        while (different - shared > 1) {
            long middle = shared + (different - shared) / 2;
            if (isShared(middle, client, best)) {
                shared = middle;
            } else {
                different = middle;
            }
        }
        Optional<BlockHash> hash = client.hashAt(shared);
        Optional<Work> work = client.workAt(shared);
        Optional<Block> block = hash.isPresent() ? client.block(hash.get()) : Optional.empty();
        return block.isPresent() && work.isPresent()
                ? Optional.of(TreeKeeper.toTreeBlock(block.get(), work.get(), own))
                : Optional.empty();
    }

    private static boolean isShared(long height, NodeClient one, NodeClient other) throws NodeTroubleException {
        return one.hashAt(height).equals(other.hashAt(height));
    }
}
