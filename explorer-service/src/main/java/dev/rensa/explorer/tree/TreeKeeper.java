package dev.rensa.explorer.tree;

import dev.rensa.explorer.observe.NodeClient;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeTroubleException;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.explorer.observe.ObservationListener;
import dev.rensa.explorer.observe.ReportReader;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.ForksView.ForkView;
import dev.rensa.protocol.api.NodeEvent.BlockConnected;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Grows the tree from what the nodes tell and judges their agreement. Blocks come with events; what those missed is
 * fetched from a node's tip downwards until it meets the tree. The tree is guarded by {@code this}; the network is never
 * asked under that lock.
 */
public final class TreeKeeper implements ObservationListener {

    /** Most bytes of blocks that one walk fetches: with the largest blocks two. The next status goes on from there. */
    private static final long MAX_WALK_BYTES = 64L * 1024 * 1024;

    /** How often a node is asked for its other branches, whose blocks never become anybody's tip. */
    private static final long FORKS_EVERY_MILLIS = 10_000;

    /** Most branches taken from one answer; a node lists the heaviest first. */
    private static final int MAX_FORKS = 20;

    /** An arrival counts when the node was seen this short a time before: otherwise it may have had the block for long. */
    private static final long WATCHED_MILLIS = 5_000;

    /** How long a walk waits for another one: a silent node must not hold up the views of the others. */
    private static final long TURN_SECONDS = 1;

    private final NodeDirectory directory;
    private final TreeMemory memory;
    private final LongSupplier clock;
    private final BlockTree tree = new BlockTree();
    private final DeepForks deepForks;
    private final Map<String, Long> forksAskedMillis = new ConcurrentHashMap<>();
    private final ReentrantLock walking = new ReentrantLock();
    private @Nullable BlockHash network;

    /** Of the tree as it is; absent when it has changed since one was asked for. */
    private @Nullable TreeSnapshot latest;

    private final TreeListener listener;
    private Agreement agreement = Agreement.WITHOUT_NODES;

    /** A keeper that remembers nothing; {@code clock} gives milliseconds since 1970-01-01 UTC. */
    public TreeKeeper(NodeDirectory directory, LongSupplier clock, TreeListener listener) {
        this(directory, TreeMemory.NONE, clock, listener);
    }

    /** A keeper that begins with what is remembered of the network that it meets. */
    public TreeKeeper(NodeDirectory directory, TreeMemory memory, LongSupplier clock, TreeListener listener) {
        this.directory = directory;
        this.memory = memory;
        this.deepForks = new DeepForks(clock);
        this.clock = clock;
        this.listener = listener;
        this.agreement = agreement.since(clock.getAsLong());
    }

    @Override
    public void seen(NodeView now, @Nullable NodeView previous, NodeClient client) {
        Report report = now.reported();
        if (report == null || !followNetwork(report)) {
            return;
        }
        forgetIfReset();
        try {
            walk(report, report.head().hash(), report.head().work(), client);
            askForks(report, client);
            lookDeeper(report, client);
        } catch (NodeTroubleException e) {
            // Its next status begins the walk again.
        }
        if (isArrival(now, previous, report)) {
            arrived(report.head().hash(), report.status().nodeKey(), now.lastSeenMillis());
        }
        agreement();
    }

    @Override
    public void lost(NodeView node) {
        agreement();
    }

    @Override
    public void blockConnected(NodeView node, BlockConnected event) {
        Report report = node.reported();
        if (report == null || !followNetwork(report)) {
            return;
        }
        try {
            TreeBlock block = new TreeBlock(
                    BlockHash.fromHex(event.hash()),
                    BlockHash.fromHex(event.parent()),
                    event.height(),
                    event.timestampMillis(),
                    ReportReader.work(event.work()),
                    Address.parse(event.miner(), report.status().addressPrefix())
                            .toString(),
                    event.transactionCount(),
                    Map.of());
            add(block);
            arrived(block.hash(), report.status().nodeKey(), event.timeMillis() - node.clockOffsetMillis());
        } catch (IllegalArgumentException | NullPointerException e) {
            // A malformed event: the status that follows it shows the same block, checked.
        }
    }

    /** The tree as it is now. */
    public synchronized TreeSnapshot snapshot() {
        TreeSnapshot known = latest;
        if (known == null) {
            known = new TreeSnapshot(tree.newestFirst(), tree.lowestHeight());
            latest = known;
        }
        return known;
    }

    /** Judges the nodes as they are now. A state that lasts keeps the time at which it began. */
    public Agreement agreement() {
        Agreement now;
        boolean changed;
        boolean otherSides;
        synchronized (this) {
            Agreement judged = AgreementJudge.judge(directory.reachable(), snapshot(), deepForks::common);
            changed = judged.state() != agreement.state();
            otherSides =
                    judged.state() == Agreement.State.SPLIT && !sides(judged).equals(sides(agreement));
            agreement = judged.since(changed ? clock.getAsLong() : agreement.sinceMillis());
            now = agreement;
        }
        if (changed || otherSides) {
            listener.agreementChanged(now);
        }
        return now;
    }

    /** Who stands with whom, whatever the tips are. */
    private static Set<Set<String>> sides(Agreement judged) {
        Set<Set<String>> sides = new HashSet<>();
        for (Agreement.Branch branch : judged.branches()) {
            Set<String> nodes = new HashSet<>();
            branch.nodes().forEach(node -> nodes.add(node.nodeKey()));
            sides.add(nodes);
        }
        return sides;
    }

    /** Whether the report is of the network that is followed; a change of network empties the tree. */
    private boolean followNetwork(Report report) {
        Optional<BlockHash> followed = directory.network();
        if (followed.isEmpty() || !followed.get().equals(report.network())) {
            return false;
        }
        if (!isFollowed(followed.get())) {
            List<TreeBlock> remembered =
                    memory.near(followed.get(), report.head().height());
            begin(followed.get(), remembered);
        }
        return true;
    }

    private synchronized boolean isFollowed(BlockHash candidate) {
        return candidate.equals(network);
    }

    private synchronized void begin(BlockHash followed, List<TreeBlock> remembered) {
        if (!followed.equals(network)) {
            tree.clear();
            latest = null;
            deepForks.forget();
            remembered.forEach(tree::add);
            network = followed;
        }
    }

    /** A network whose nodes were all emptied begins at block 0 again, far below whatever the tree holds. */
    private void forgetIfReset() {
        List<NodeView> nodes = directory.reachable();
        synchronized (this) {
            long lowest = tree.lowestHeight();
            boolean below = nodes.stream()
                    .flatMap(node -> node.report().stream())
                    .allMatch(report -> report.head().height() < lowest);
            if (lowest > 0 && !nodes.isEmpty() && below) {
                tree.clear();
                latest = null;
            }
        }
    }

    private static boolean isArrival(NodeView now, @Nullable NodeView previous, Report report) {
        if (previous == null || previous.reported() == null || !previous.reachable()) {
            return false;
        }
        boolean changed =
                !previous.reported().head().hash().equals(report.head().hash());
        return changed && now.lastSeenMillis() - previous.lastSeenMillis() <= WATCHED_MILLIS;
    }

    /**
     * Goes down from a tip until the window's end, and fetches what the tree lacks. One walk at a time, for nodes share
     * most blocks; who waits too long leaves it to its next status.
     */
    private void walk(Report report, BlockHash tip, Work tipWork, NodeClient client) throws NodeTroubleException {
        if (!takeTurn()) {
            return;
        }
        try {
            BlockHash hash = tip;
            Work work = tipWork;
            long bytes = 0;
            while (bytes < MAX_WALK_BYTES) {
                Optional<TreeBlock> known = known(hash);
                Optional<TreeBlock> parent = known.flatMap(block -> known(block.parent()));
                if (known.isPresent() && (parent.isPresent() || known.get().height() <= lowestHeight())) {
                    if (parent.isEmpty()) {
                        return;
                    }
                    hash = parent.get().hash();
                    work = parent.get().work();
                    continue;
                }
                // Fetched also when an event told of it: only the header says how much of the work is its own.
                Optional<Block> fetched = client.block(hash);
                if (fetched.isEmpty() || !fetched.get().hash().equals(hash)) {
                    return;
                }
                Block block = fetched.get();
                bytes += block.size();
                add(toTreeBlock(block, work, report));
                if (block.height() <= lowestHeight()) {
                    return;
                }
                hash = block.header().parent();
                work = workBefore(block, work);
            }
        } finally {
            walking.unlock();
        }
    }

    private boolean takeTurn() {
        try {
            return walking.tryLock(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Work workBefore(Block block, Work work) throws NodeTroubleException {
        try {
            return new Work(
                    work.value().subtract(Work.ofTarget(block.header().target()).value()));
        } catch (IllegalArgumentException e) {
            throw new NodeTroubleException("it claims less work than its tip alone has", e);
        }
    }

    private void askForks(Report report, NodeClient client) throws NodeTroubleException {
        long now = clock.getAsLong();
        String key = report.status().nodeKey();
        if (now - forksAskedMillis.getOrDefault(key, 0L) < FORKS_EVERY_MILLIS) {
            return;
        }
        if (forksAskedMillis.size() > BlockTree.MAX_BLOCKS) {
            forksAskedMillis.clear();
        }
        forksAskedMillis.put(key, now);
        for (ForkView fork : client.forks().forks().stream().limit(MAX_FORKS).toList()) {
            try {
                BlockHash tip = BlockHash.fromHex(fork.tip());
                if (fork.height() > lowestHeight() && known(tip).isEmpty()) {
                    walk(report, tip, ReportReader.work(fork.work()), client);
                }
            } catch (IllegalArgumentException e) {
                throw new NodeTroubleException("a fork it tells of is malformed: " + e.getMessage(), e);
            }
        }
    }

    static TreeBlock toTreeBlock(Block block, Work work, Report report) {
        return new TreeBlock(
                block.hash(),
                block.header().parent(),
                block.height(),
                block.header().timestampMillis(),
                work,
                new Address(report.status().addressPrefix(), block.header().miner()).toString(),
                block.transactions().size(),
                Map.of());
    }

    private void lookDeeper(Report report, NodeClient client) throws NodeTroubleException {
        Optional<NodeView> best = directory.bestFirst().stream().findFirst();
        Optional<NodeClient> bestClient = best.flatMap(directory::client);
        if (best.isPresent() && bestClient.isPresent()) {
            deepForks.look(report, client, best.get().report().orElseThrow(), bestClient.get(), snapshot());
        }
    }

    private synchronized Optional<TreeBlock> known(BlockHash hash) {
        return tree.block(hash);
    }

    private synchronized long lowestHeight() {
        return tree.lowestHeight();
    }

    private synchronized void add(TreeBlock block) {
        tree.add(block);
        latest = null;
    }

    private void arrived(BlockHash hash, String nodeKey, long millis) {
        TreeBlock before;
        TreeBlock now;
        synchronized (this) {
            before = tree.block(hash).orElse(null);
            tree.arrived(hash, nodeKey, millis);
            latest = null;
            now = tree.block(hash).orElse(null);
        }
        if (before == null || now == null || before.arrivals().containsKey(nodeKey)) {
            return;
        }
        if (before.arrivals().isEmpty()) {
            listener.blockSeen(now);
        }
        listener.blockArrived(now, nodeKey, millis);
    }
}
