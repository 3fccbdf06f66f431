package dev.rensa.node.core;

import dev.rensa.node.chain.BackgroundWork;
import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.gossip.BlockAnnouncer;
import dev.rensa.node.gossip.CompactBlocks;
import dev.rensa.node.gossip.Sightings;
import dev.rensa.node.gossip.TransactionRelay;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.Trial;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerEvents;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.snapshot.PeerTips;
import dev.rensa.node.snapshot.SnapshotJoin;
import dev.rensa.node.snapshot.SnapshotProgress;
import dev.rensa.node.snapshot.SnapshotServer;
import dev.rensa.node.sync.PeerTip;
import dev.rensa.node.sync.SyncProgress;
import dev.rensa.node.sync.Synchroniser;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One node without sockets, disk, clock and threads. All methods belong to the writer thread, but for those that say
 * otherwise.
 *
 * <p>A {@link dev.rensa.node.chain.StorageException} passes through: nothing may be called after it, and a new node must
 * be opened on what the storage holds.
 */
public final class NodeCore implements PeerEvents {

    /** How often overdue answers, unsent announcements and premature blocks are looked at. */
    public static final long TICK_MILLIS = 2_000;

    /** How often transactions that have waited too long are dropped. */
    public static final long EXPIRY_MILLIS = 60_000;

    /** Blocks that a peer may be behind to be told of transactions, and that we may be behind to tell each new tip. */
    static final int NEAR_BLOCKS = 10;

    private static final Rejection JOINING = new Rejection(
            RejectionReason.NOT_READY, "this node is still joining from a snapshot: submit to another one");

    private final Chain chain;
    private final Mempool mempool;
    private final InstantSource clock;
    private final Timers timers;
    private final NodeListener listener;

    private final BlockPipeline pipeline;
    private final Synchroniser synchroniser;
    private final TransactionRelay relay;
    private final CompactBlocks compact;
    private final BlockAnnouncer tips;
    private final Sightings sightings;
    private final SnapshotServer snapshots;
    private final SnapshotJoin join;
    private final PeerExchange exchange;

    /** What waits for joining to be over: what a saved mempool is offered in, once a process. */
    private final List<Runnable> afterJoining = new ArrayList<>();

    /**
     * Wires a node; {@link #start} begins its work.
     *
     * @param serving where peers' questions for blocks are answered
     * @param states where their questions for accounts are answered, and what this node was given is proved: dear enough
     *     to keep blocks waiting
     * @param mempool one that tells {@code listener} what happens in it
     * @param clock wall-clock time
     * @param joinFromSnapshot whether an empty chain begins with the accounts at a checkpoint instead of block 0
     * @param proved whether this node dialled that address and met the node with that key; must not take long
     */
    public NodeCore(
            Chain chain,
            Mempool mempool,
            SignatureChecks checks,
            BackgroundWork serving,
            BackgroundWork states,
            InstantSource clock,
            RandomGenerator random,
            Timers timers,
            boolean joinFromSnapshot,
            BiPredicate<PeerAddress, NodeKey> proved,
            NodeListener listener) {
        this.chain = chain;
        this.mempool = mempool;
        this.clock = clock;
        this.timers = timers;
        this.listener = listener;
        this.pipeline = new BlockPipeline(chain, mempool, checks, clock, follower());
        this.relay = new TransactionRelay(mempool, checks, clock, random, timers, listener);
        this.compact = new CompactBlocks(chain, relay, timers, random, pipeline::offer, this::fetchBodies, listener);
        this.synchroniser =
                new Synchroniser(chain, clock, timers, pipeline, serving, compact::isComing, listener::branchRefused);
        this.tips = new BlockAnnouncer(chain, relay, random, timers, chain::waitsForStateRoot);
        this.sightings = new Sightings(listener);
        this.snapshots = new SnapshotServer(chain, timers, states);
        this.join = new SnapshotJoin(chain, joinFromSnapshot, clock, timers, states, peerTips(), this::joined);
        this.exchange = new PeerExchange(random, timers, clock, proved);
    }

    /** Starts the periodic work. Call it once. */
    public void start() {
        timers.after(TICK_MILLIS, this::tick);
        timers.after(EXPIRY_MILLIS, this::expire);
        exchange.start();
        pipeline.start();
    }

    /**
     * Offers transactions that enter the network here.
     *
     * @param whenDone called once with one answer a transaction in the same order, within this call or later
     */
    public void submit(List<Transaction> transactions, Consumer<List<Admission>> whenDone) {
        if (chain.isImporting()) {
            whenDone.accept(Collections.nCopies(transactions.size(), new Admission.Refused(JOINING)));
            return;
        }
        relay.submit(List.copyOf(transactions), whenDone);
    }

    /**
     * Judges a transaction as {@link #submit} would, without taking or telling of it.
     *
     * @param whenDone called once, within this call or later
     */
    public void tryOut(Transaction transaction, Consumer<Trial> whenDone) {
        if (chain.isImporting()) {
            whenDone.accept(Trial.of(new Admission.Refused(JOINING)));
            return;
        }
        relay.tryOut(transaction, whenDone);
    }

    /**
     * Offers a block that was found here; its transactions come from the mempool.
     *
     * @param whenDone called once, within this call
     */
    public void mined(Block block, Consumer<BlockOutcome> whenDone) {
        whenDone.accept(pipeline.accept(block, Optional.empty()));
    }

    /** How far catching up has come. From any thread. */
    public SyncProgress progress() {
        SyncProgress progress = synchroniser.progress();
        return join.isActive() ? progress.notReady() : progress;
    }

    /**
     * Runs a task once accounts are those of the chain that this node follows: now, or when it has joined from a snapshot.
     * Before, what is judged by them is judged wrongly.
     */
    public void whenJoined(Runnable task) {
        if (join.isActive()) {
            afterJoining.add(task);
        } else {
            task.run();
        }
    }

    /** How far joining from a snapshot has come. From any thread. */
    public SnapshotProgress snapshot() {
        return join.progress();
    }

    /** Bytes of blocks that were received and are not judged yet. From any thread. */
    public long checkingBytes() {
        return synchroniser.checkingBytes();
    }

    /** Connected peers with the tips they told of last. From any thread. */
    public List<PeerTip> peers() {
        return synchroniser.peers();
    }

    @Override
    public void connected(PeerLink link) {
        listener.peerConnected(link);
        exchange.connected(link);
        exchange.claimed(link).ifPresent(address -> listener.addressesLearned(link.info(), List.of(address)));
        relay.connected(link);
        tips.connected(link);
        synchroniser.connected(link);
        join.connected(link);
        noteNearness(link);
    }

    @Override
    public void disconnected(PeerLink link, Rejection rejection) {
        exchange.disconnected(link.key());
        relay.disconnected(link.key());
        tips.disconnected(link.key());
        compact.disconnected(link.key());
        synchroniser.disconnected(link.key());
        snapshots.disconnected(link.key());
        join.disconnected(link.key());
        listener.peerDisconnected(link, rejection);
    }

    @Override
    public void received(PeerLink link, Message message) {
        switch (message) {
            case Message.AnnounceTip(var header, var work) -> {
                compact.tipTold(link, header);
                tipTold(link, header, work);
                join.goOn();
            }
            case Message.CompactBlock block ->
                compact.received(link, block, () -> tipTold(link, block.header(), block.work()));
            case Message.GetBlockTransactions question -> synchroniser.asked(link, question);
            case Message.BlockTransactions answer -> compact.received(link, answer);
            case Message.GetHeaders question -> synchroniser.asked(link, question);
            case Message.Headers answer -> {
                synchroniser.received(link, answer);
                join.goOn();
            }
            case Message.GetBodies question -> synchroniser.asked(link, question);
            case Message.Bodies answer -> synchroniser.received(link, answer);
            case Message.AnnounceTransactions(var ids) -> relay.announced(link, ids);
            case Message.GetTransactions(var ids) -> relay.requested(link, ids);
            case Message.TransactionsGone(var ids) -> relay.gone(link, ids);
            case Message.WantRelay(boolean wanted) -> relay.wanted(link, wanted);
            case Message.Transactions(var transactions) -> {
                // Balances are those of no block until an import is done: neither verdict would be true.
                if (!chain.isImporting()) {
                    relay.received(link, transactions);
                }
            }
            case Message.GetStateRoots question -> snapshots.asked(link, question);
            case Message.StateRoots answer -> join.received(link, answer);
            case Message.GetStateChunk question -> snapshots.asked(link, question);
            case Message.StateChunk answer -> join.received(link, answer);
            case Message.Peers(var addresses) ->
                listener.addressesLearned(link.info(), exchange.heard(link, addresses));
            case Message.Ping _, Message.Pong _, Message.Goodbye _ -> {
                // The transport answers these itself.
            }
        }
    }

    private void tipTold(PeerLink link, BlockHeader header, Work work) {
        BlockHash hash = header.hash();
        tips.told(link.key(), hash);
        if (chain.find(hash).isEmpty()) {
            sightings.seen(hash, clock.millis());
        }
        synchroniser.announced(link, header, work);
        noteNearness(link);
    }

    private void fetchBodies() {
        synchroniser.fetch();
    }

    private void noteNearness(PeerLink link) {
        if (synchroniser.isNear(link.key(), NEAR_BLOCKS)) {
            relay.peerCaughtUp(link.key());
        }
    }

    private BlockPipeline.ChangeFollower follower() {
        return new BlockPipeline.ChangeFollower() {
            @Override
            public void stepped(ChainChange change, Optional<NodeKey> from) {
                mempool.chainChanged(change, clock.millis());
                listener.chainChanged(change, from);
                relay.chainChanged(change);
                synchroniser.joined(change.connected());
                for (Block block : change.connected()) {
                    tips.joined(block);
                    sightings.connected(block.hash(), clock.millis());
                }
            }

            @Override
            public void arrived() {
                tips.headChanged(chain.bestHeader().height() - chain.head().height() > NEAR_BLOCKS);
                synchroniser.headChanged();
            }

            @Override
            public void foundInvalid(NodeKey from, Rejection why) {
                synchroniser.foundInvalid(from, why);
            }
        };
    }

    private PeerTips peerTips() {
        return new PeerTips() {
            @Override
            public boolean areKnown() {
                return synchroniser.progress().state() != SyncProgress.State.HEADERS;
            }

            @Override
            public boolean hadTheirTurn(long byMillis) {
                return synchroniser.hadTheirTurn(byMillis);
            }

            @Override
            public Optional<BlockHash> proven(NodeKey peer) {
                return synchroniser.provenTip(peer);
            }
        };
    }

    private void tick() {
        timers.after(TICK_MILLIS, this::tick);
        tips.announceToAll();
        relay.tick();
        synchroniser.tick();
        join.tick();
    }

    /** Joining is over: blocks are fetched from here on, from a new head or from block 0. */
    private void joined() {
        if (chain.baseHeight() > 0) {
            mempool.baseInstalled(clock.millis());
            listener.baseInstalled(chain.head());
            tips.headChanged(true);
            synchroniser.headChanged();
        }
        pipeline.goOn();
        synchroniser.tick();
        List<Runnable> waiting = List.copyOf(afterJoining);
        afterJoining.clear();
        waiting.forEach(Runnable::run);
    }

    private void expire() {
        timers.after(EXPIRY_MILLIS, this::expire);
        mempool.expire(clock.millis());
    }
}
