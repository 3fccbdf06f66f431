package dev.rensa.explorer.index;

import dev.rensa.explorer.index.IndexProgress.State;
import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Makes the index equal to the best node's canonical chain, step by step. A step is one transaction and leaves a prefix
 * of some node's chain, so it may be killed between any two. Steps run on one thread; {@link #progress} is for all.
 */
public final class ChainIndexer {

    private final NodeDirectory directory;
    private final ChainStore store;
    private final BlockRun run;
    private final Speed speed;
    private final AtomicBoolean rebuildWanted = new AtomicBoolean();
    private volatile IndexProgress progress = IndexProgress.beforeTheFirstNode();

    /**
     * An indexer that goes on where the store stands.
     *
     * @param executor runs questions to nodes, each on a (virtual) thread
     * @param nanoClock measures durations
     */
    public ChainIndexer(NodeDirectory directory, ChainStore store, ExecutorService executor, LongSupplier nanoClock) {
        this.directory = directory;
        this.store = store;
        this.run = new BlockRun(executor);
        this.speed = new Speed(nanoClock);
    }

    /** Lets the next step that reaches a node throw the index away and begin it anew. From any thread. */
    public void rebuild() {
        rebuildWanted.set(true);
    }

    /** What it is at. An index that is about to give way to a new one is not current any more. */
    public IndexProgress progress() {
        // In this order: a step tells how far the new index is before it forgets the order.
        boolean ordered = rebuildWanted.get();
        IndexProgress present = progress;
        return ordered ? present.beforeRebuild() : present;
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
            tell(State.FAILED, progress.height(), progress.targetHeight(), String.valueOf(e.getMessage()));
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
                return follow(node.report().orElseThrow(), client.get());
            } catch (NodeTroubleException e) {
                // The next best node may answer what this one does not.
                trouble = String.valueOf(e.getMessage());
            }
        }
        tell(State.WAITING, height, progress.targetHeight(), trouble);
        return false;
    }

    private boolean follow(Report report, NodeClient client) throws NodeTroubleException {
        Head head = report.head();
        if (!store.mayWrite() && !rebuildWanted.get()) {
            tellFollowing(report);
            return false;
        }
        Optional<IndexCursor> found = cursorFor(report.network(), client);
        if (found.isEmpty()) {
            tellFollowing(report);
            return false;
        }
        IndexCursor cursor = found.get();
        if (cursor.hash().equals(head.hash())) {
            tell(State.CURRENT, cursor.height(), head.height(), "the best chain is indexed");
            return false;
        }
        String source = "blocks are fetched from " + report.status().name();
        tell(State.CATCHING_UP, cursor.height(), head.height(), source);
        long keep = cursor.height();
        List<Block> page = keep < head.height() ? run.page(client, keep + 1) : List.of();
        if (page.isEmpty() || !page.getFirst().header().parent().equals(cursor.hash())) {
            keep = commonHeight(cursor, head.height(), client);
            page = keep < head.height() ? run.page(client, keep + 1) : List.of();
        }
        List<ConnectedBlock> batch = connect(page, keep, cursor);
        if (batch.isEmpty()) {
            // The node changed its branch between two answers, or is behind what others had told.
            return false;
        }
        Block last = page.getLast();
        if (last.height() < head.height()) {
            run.ask(client, last.height() + 1);
        }
        if (!store.advance(cursor, keep, batch)) {
            // Another explorer has written to the same database; the next step goes on from there.
            return true;
        }
        speed.count(batch);
        boolean done = last.hash().equals(head.hash());
        tell(
                done ? State.CURRENT : State.CATCHING_UP,
                last.height(),
                head.height(),
                done ? "the best chain is indexed" : source);
        return !done;
    }

    /** Another explorer on the same database writes: what it has written is shown here too. */
    private void tellFollowing(Report report) {
        Optional<IndexCursor> cursor = store.cursor();
        long height = cursor.map(IndexCursor::height).orElse(-1L);
        if (cursor.isPresent() && !cursor.get().network().equals(report.network())) {
            tell(
                    State.WAITING,
                    height,
                    report.head().height(),
                    "the explorer that writes to the database follows another network");
            return;
        }
        boolean current =
                cursor.isPresent() && cursor.get().hash().equals(report.head().hash());
        tell(
                current ? State.CURRENT : State.CATCHING_UP,
                height,
                report.head().height(),
                "another explorer on the same database writes the index");
    }

    private void tell(State state, long height, long targetHeight, String detail) {
        if (state == State.CURRENT || state == State.WAITING) {
            speed.rest();
        }
        progress = new IndexProgress(
                state,
                height,
                targetHeight,
                speed.transactionsPerSecond(),
                speed.secondsFor(targetHeight - height),
                detail);
    }

    /**
     * The cursor of the node's network; an index of another network gives way to a new one. Empty if another explorer has
     * begun to write meanwhile.
     */
    private Optional<IndexCursor> cursorFor(BlockHash network, NodeClient client) throws NodeTroubleException {
        Optional<IndexCursor> cursor = store.cursor();
        boolean fits = cursor.isPresent() && cursor.get().network().equals(network);
        if (fits && !rebuildWanted.get()) {
            return cursor;
        }
        Genesis genesis = client.genesis();
        if (!genesis.networkHash().equals(network)) {
            throw new NodeTroubleException(
                    "the genesis of " + client.url() + " does not hash to the network that it names: " + network);
        }
        if (!store.begin(genesis, rebuildWanted.get())) {
            return Optional.empty();
        }
        Optional<IndexCursor> begun = store.cursor();
        tell(
                State.CATCHING_UP,
                begun.map(IndexCursor::height).orElse(-1L),
                progress.targetHeight(),
                "the index begins anew");
        rebuildWanted.set(false);
        return begun;
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
        return height == 0 || client.hashAt(height).equals(store.hashAt(height));
    }

    private List<ConnectedBlock> connect(List<Block> page, long keep, IndexCursor cursor) {
        if (page.isEmpty()
                || !store.hashAt(keep)
                        .equals(Optional.of(page.getFirst().header().parent()))) {
            return List.of();
        }
        Work work = keep == cursor.height() ? cursor.work() : store.workAt(keep).orElseThrow();
        List<ConnectedBlock> batch = new ArrayList<>(page.size());
        for (Block block : page) {
            work = work.plus(Work.ofTarget(block.header().target()));
            batch.add(new ConnectedBlock(block, work, cursor.genesis().subsidyAt(block.height())));
        }
        return batch;
    }
}
