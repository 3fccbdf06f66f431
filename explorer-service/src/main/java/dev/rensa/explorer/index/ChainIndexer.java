package dev.rensa.explorer.index;

import dev.rensa.explorer.index.IndexProgress.State;
import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Makes the index equal to the best node's canonical chain, step by step. A step is one transaction and leaves a prefix
 * of some node's chain, so it may be killed between any two. Steps run on one thread; {@link #progress} is for all.
 */
public final class ChainIndexer {

    /** A batch is written once it holds this many transactions: some seconds of work at most are lost by a kill. */
    static final int BATCH_TRANSACTIONS = 20_000;

    /** A batch is written once it holds this many blocks, so that the height moves while small blocks are caught up. */
    static final int BATCH_BLOCKS = 512;

    private final NodeDirectory directory;
    private final ChainStore store;
    private final BlockFetcher fetcher;
    private volatile IndexProgress progress = new IndexProgress(State.WAITING, -1, -1, "no node has been asked yet");

    /**
     * An indexer that goes on where the store stands.
     *
     * @param executor runs questions to nodes, each on a (virtual) thread
     */
    public ChainIndexer(NodeDirectory directory, ChainStore store, ExecutorService executor) {
        this.directory = directory;
        this.store = store;
        this.fetcher = new BlockFetcher(executor);
    }

    public IndexProgress progress() {
        return progress;
    }

    /**
     * Takes one step towards the best chain.
     *
     * @return whether there is more to do at once
     * @throws IndexStoreException if the database fails; the next step tries again
     */
    public boolean step() {
        try {
            return stepWithBestNode();
        } catch (IndexStoreException e) {
            progress = new IndexProgress(
                    State.FAILED, progress.height(), progress.targetHeight(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private boolean stepWithBestNode() {
        long height = store.cursor().map(IndexCursor::height).orElse(-1L);
        String trouble = "no node of the network can be reached";
        for (NodeView node : directory.bestFirst()) {
            Optional<NodeClient> client = directory.client(node);
            if (client.isEmpty()) {
                continue;
            }
            try {
                return follow(node, client.get());
            } catch (NodeTroubleException e) {
                // The next best node may answer what this one does not.
                trouble = String.valueOf(e.getMessage());
            }
        }
        progress = new IndexProgress(State.WAITING, height, progress.targetHeight(), trouble);
        return false;
    }

    private boolean follow(NodeView node, NodeClient client) throws NodeTroubleException {
        NodeView.Report report = node.report().orElseThrow();
        Head head = report.head();
        IndexCursor cursor = cursorFor(report.network(), client);
        if (cursor.hash().equals(head.hash())) {
            progress = new IndexProgress(State.CURRENT, cursor.height(), head.height(), "the best chain is indexed");
            return false;
        }
        progress = new IndexProgress(
                State.CATCHING_UP,
                cursor.height(),
                head.height(),
                "blocks are fetched from " + report.status().name());
        long keep = commonHeight(cursor, head.height(), client);
        List<ConnectedBlock> batch = batch(cursor, keep, head.height(), client);
        if (batch.isEmpty()) {
            // The node changed its branch between two answers; its next status tells where it is.
            return false;
        }
        store.advance(keep, batch);
        ConnectedBlock last = batch.getLast();
        boolean done = last.block().hash().equals(head.hash());
        progress = new IndexProgress(
                done ? State.CURRENT : State.CATCHING_UP,
                last.block().height(),
                head.height(),
                done ? "the best chain is indexed" : progress.detail());
        return !done;
    }

    /** The cursor of the node's network; an index of another network gives way to a new one. */
    private IndexCursor cursorFor(BlockHash network, NodeClient client) throws NodeTroubleException {
        Optional<IndexCursor> cursor = store.cursor();
        if (cursor.isPresent() && cursor.get().network().equals(network)) {
            return cursor.get();
        }
        Genesis genesis = client.genesis();
        if (!genesis.networkHash().equals(network)) {
            throw new NodeTroubleException(
                    "the genesis of " + client.url() + " does not hash to the network that it names: " + network);
        }
        store.begin(genesis);
        return store.cursor().orElseThrow();
    }

    /**
     * Height of the last block that index and node share. What they share is a prefix, so after a look at the index's own
     * tip, which is nearly always shared, halving the rest finds its end.
     */
    private long commonHeight(IndexCursor cursor, long headHeight, NodeClient client) throws NodeTroubleException {
        long highest = Math.min(cursor.height(), headHeight);
        if (isShared(highest, client)) {
            return highest;
        }
        long shared = 0;
        long different = highest;
        // Reorganisations are shallow: look near the tip first, in steps that double.
        for (long back = 1; highest - back > 0; back *= 2) {
            if (isShared(highest - back, client)) {
                shared = highest - back;
                break;
            }
            different = highest - back;
        }
        while (different - shared > 1) {
            long middle = shared + (different - shared) / 2;
            if (isShared(middle, client)) {
                shared = middle;
            } else {
                different = middle;
            }
        }
        return shared;
    }

    private boolean isShared(long height, NodeClient client) throws NodeTroubleException {
        // Block 0 is the network itself.
        return height == 0 || client.blockAt(height).map(Block::hash).equals(store.hashAt(height));
    }

    private List<ConnectedBlock> batch(IndexCursor cursor, long keep, long headHeight, NodeClient client)
            throws NodeTroubleException {
        List<ConnectedBlock> batch = new ArrayList<>();
        BlockHash parent = store.hashAt(keep).orElseThrow();
        Work work = keep == cursor.height() ? cursor.work() : store.workAt(keep).orElseThrow();
        int transactions = 0;
        while (keep + batch.size() < headHeight && batch.size() < BATCH_BLOCKS && transactions < BATCH_TRANSACTIONS) {
            List<Block> fetched = fetcher.fetch(client, keep + batch.size() + 1, headHeight);
            for (Block block : fetched) {
                if (!block.header().parent().equals(parent)) {
                    return batch;
                }
                parent = block.hash();
                work = work.plus(Work.ofTarget(block.header().target()));
                transactions += block.transactions().size();
                batch.add(new ConnectedBlock(block, work, cursor.genesis().subsidyAt(block.height())));
            }
            if (fetched.size() < BlockFetcher.WINDOW) {
                break;
            }
        }
        return batch;
    }
}
