package dev.rensa.node.simulation;

import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.FaultyStorage;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.chain.StorageException;
import dev.rensa.node.core.NodeCore;
import dev.rensa.node.core.NodeListener;
import dev.rensa.node.lab.Lab;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolLimits;
import dev.rensa.node.mining.BlockAssembler;
import dev.rensa.node.mining.BlockTemplate;
import dev.rensa.node.mining.NonceSearch;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerEvents;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.node.snapshot.SnapshotProgress;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A node's machine: the disk stays, the process comes and goes, the clock is a little wrong. */
final class SimulatedNode implements NodeListener {

    /** Longest time that one piece of work beside the writer takes. */
    static final long MAX_WORK_MILLIS = 20;

    private final World world;
    private final int index;
    private final NodeKey key;
    private final FaultyStorage storage = new FaultyStorage(new InMemoryStorage());
    private final long skewMillis;
    private final Mischief mischief;
    private final boolean joinsFromSnapshot;
    private final Random random;

    /** When the last piece of work beside the writer ends. */
    private long workedUntilMillis;

    /** Of its own, so that how long work takes changes nothing else. */
    private final Random workTime;

    private final Deque<Background<?>> background = new ArrayDeque<>();
    private Chain chain;
    private Mempool mempool;
    private NodeCore core;
    private Lab lab;
    private int life;
    private int signatureChecks;

    /** How many names it has gone by, if it changes them. */
    private long names;

    private int refusedBranches;
    private boolean up;

    /** The canonical chain as its changes tell it. */
    private final List<BlockHash> told = new ArrayList<>();

    SimulatedNode(
            World world, int index, long skewMillis, Mischief mischief, boolean joinsFromSnapshot, Random random) {
        this.world = world;
        this.index = index;
        this.key = new NodeKey(Money.key(100_000 + index).publicKey());
        this.skewMillis = skewMillis;
        this.mischief = mischief;
        this.joinsFromSnapshot = joinsFromSnapshot;
        this.random = random;
        this.workTime = new Random(index);
    }

    /** Starts a process on what the disk holds. It may die while it does. */
    void start() {
        storage.repair();
        life++;
        up = true;
        run(() -> {
            background.clear();
            chain = Chain.open(world.money().genesis(), storage, world.maxReorganisationDepth(), this::computeRoot);
            InstantSource clock = () -> Instant.ofEpochMilli(world.schedule().nowMillis() + skewMillis);
            mempool = new Mempool(chain, MempoolLimits.DEFAULT, this);
            int thisLife = life;
            Timers timers = (delay, task) -> world.schedule().after(delay, () -> {
                if (up && life == thisLife) {
                    run(task);
                }
            });
            core = new NodeCore(
                    chain,
                    mempool,
                    signatures(),
                    this::work,
                    this::work,
                    clock,
                    new Random(random.nextLong()),
                    timers,
                    joinsFromSnapshot,
                    (_, _) -> false,
                    this);
            lab = new Lab(core, clock, timers, Random::new, () -> {});
            told.clear();
            for (long height = 0; height <= chain.head().height(); height++) {
                told.add(chain.canonicalHash(height).orElseThrow());
            }
            world.trace().add(this + " starts at " + Words.shorten(chain.head().hash()));
            if (!chain.isImporting()) {
                world.observer().started(this);
            }
            core.start();
        });
    }

    /** The process dies this instant. */
    void kill() {
        if (up) {
            world.trace().add(this + " dies");
            up = false;
            world.observer().died(this);
            world.network().nodeDied(this);
        }
    }

    /** Runs a piece of the process; a failing disk ends it. */
    void run(Runnable piece) {
        try {
            piece.run();
        } catch (StorageException e) {
            kill();
            world.restartLater(this);
        }
    }

    /** Another thread: it works some time later, and tells still later, unless the process dies before. */
    private <T> void computeRoot(Supplier<T> work, Consumer<T> whenDone) {
        int thisLife = life;
        Background<T> piece = new Background<>(work, whenDone);
        background.add(piece);
        world.schedule().after(random.nextLong(world.maxBackgroundMillis()), () -> {
            if (up && life == thisLife) {
                piece.work();
                world.schedule().after(random.nextLong(world.maxBackgroundMillis()), () -> {
                    if (up && life == thisLife && background.remove(piece)) {
                        run(piece::tell);
                    }
                });
            }
        });
    }

    /** Lets background work end now, for a miner that has waited for it. */
    private void finishBackground() {
        while (!chain.isTemplateReady()) {
            Background<?> piece = background.remove();
            piece.work();
            piece.tell();
        }
    }

    /** Work that is done at one time and told of at another. */
    private static final class Background<T> {
        private final Supplier<T> work;
        private final Consumer<T> whenDone;
        private Optional<T> result = Optional.empty();

        Background(Supplier<T> work, Consumer<T> whenDone) {
            this.work = work;
            this.whenDone = whenDone;
        }

        void work() {
            if (result.isEmpty()) {
                result = Optional.of(work.get());
            }
        }

        void tell() {
            whenDone.accept(result.orElseThrow());
        }
    }

    /** Finds a block on top of its head, if it can. */
    void mine() {
        if (!up || core.snapshot().state() != SnapshotProgress.State.NONE) {
            return;
        }
        run(() -> {
            finishBackground();
            BlockTemplate template = BlockAssembler.assemble(
                    chain.template(world.schedule().nowMillis() + skewMillis),
                    world.money().genesis().maxBlockBytes(),
                    mempool,
                    Money.miner(index));
            if (mischief.minesForgeries()) {
                template = withForgery(template);
            }
            Block block = template.withNonce(
                    NonceSearch.search(template.header(), 0, Long.MAX_VALUE).orElseThrow());
            world.trace().add(this + " mines " + block.height() + " " + Words.shorten(block.hash()));
            core.mined(block, outcome -> {
                if (!(outcome instanceof BlockOutcome.Connected)) {
                    throw new AssertionError(this + " mined what it does not connect: " + outcome);
                }
            });
        });
    }

    /** Its own chain takes the forgery, as it takes all blocks for checked. */
    private BlockTemplate withForgery(BlockTemplate template) {
        List<Transaction> transactions = new ArrayList<>(template.transactions());
        if (!transactions.isEmpty()) {
            transactions.set(0, Mischief.forge(transactions.getFirst()));
        }
        BlockHeader h = template.header();
        BlockHeader header = new BlockHeader(
                h.height(),
                h.parent(),
                Block.transactionsRoot(transactions),
                h.stateRoot(),
                h.timestampMillis(),
                h.target(),
                h.miner(),
                0);
        return new BlockTemplate(new Block(header, transactions), false);
    }

    /** Gives work beside the writer thread the time it takes. */
    void letItThink() {
        world.runFor(MAX_WORK_MILLIS);
    }

    /** What is done beside the writer takes a while, in which everything else goes on; what comes first ends first. */
    private <T> void work(Supplier<T> work, Consumer<T> whenDone) {
        int thisLife = life;
        workedUntilMillis =
                Math.max(workedUntilMillis, world.schedule().nowMillis() + workTime.nextLong(MAX_WORK_MILLIS));
        long delay = workedUntilMillis - world.schedule().nowMillis();
        world.schedule().after(delay, () -> {
            if (up && life == thisLife) {
                run(() -> {
                    T result = work.get();
                    world.schedule().after(0, () -> {
                        if (up && life == thisLife) {
                            run(() -> whenDone.accept(result));
                        }
                    });
                });
            }
        });
    }

    private SignatureChecks signatures() {
        return new SignatureChecks() {
            @Override
            public void check(List<Transaction> transactions, Consumer<boolean[]> whenDone) {
                boolean[] valid = new boolean[transactions.size()];
                signatureChecks += valid.length;
                for (int i = 0; i < valid.length; i++) {
                    valid[i] = world.isSigned(transactions.get(i));
                }
                whenDone.accept(valid);
            }

            @Override
            public <T> void check(
                    Supplier<T> preparing, Function<T, List<Transaction>> signed, BiConsumer<T, boolean[]> whenDone) {
                work(preparing, prepared -> check(signed.apply(prepared), valid -> whenDone.accept(prepared, valid)));
            }
        };
    }

    PeerInfo introduction(boolean outbound) {
        PeerAddress address = new PeerAddress("node-" + index, 7_000);
        return new PeerInfo(
                mischief.changesName()
                        ? new NodeKey(
                                Money.key(1_000_000L + names++ * 1_000 + index).publicKey())
                        : key,
                toString(),
                "simulation",
                outbound,
                address,
                Optional.of(address),
                chain.head().height(),
                chain.head().hash(),
                mischief.claim(chain.head().work()));
    }

    int signatureChecks() {
        return signatureChecks;
    }

    int refusedBranches() {
        return refusedBranches;
    }

    boolean isHonest() {
        return mischief.isNone();
    }

    Mischief mischief() {
        return mischief;
    }

    boolean isUp() {
        return up;
    }

    int life() {
        return life;
    }

    Chain chain() {
        return chain;
    }

    Mempool mempool() {
        return mempool;
    }

    NodeCore core() {
        return core;
    }

    /** Whom connections tell. */
    PeerEvents events() {
        return lab;
    }

    Lab lab() {
        return lab;
    }

    NodeKey key() {
        return key;
    }

    FaultyStorage storage() {
        return storage;
    }

    List<BlockHash> told() {
        return told;
    }

    @Override
    public void chainChanged(ChainChange change, Optional<NodeKey> from) {
        for (Block block : change.disconnected()) {
            if (!told.removeLast().equals(block.hash())) {
                throw new AssertionError(this + " disconnects what is not its tip: " + block);
            }
        }
        if (!told.getLast().equals(change.fork().hash())) {
            throw new AssertionError(this + " tells of a fork at " + change.fork() + " and is not there");
        }
        for (Block block : change.connected()) {
            if (!block.header().parent().equals(told.getLast())) {
                throw new AssertionError(this + " connects what does not fit: " + block);
            }
            told.add(block.hash());
        }
        if (!told.getLast().equals(change.head().hash())) {
            throw new AssertionError(this + " tells of another head than it moved to");
        }
        world.trace()
                .add(this + " head " + change.head().height() + " "
                        + Words.shorten(change.head().hash()));
        world.observer().chainChanged(this, change);
    }

    @Override
    public void admitted(Transaction transaction, boolean pending) {
        world.observer().admitted(this, transaction);
    }

    @Override
    public void evicted(Transaction transaction, RejectionReason reason) {
        world.trace().add(this + " evicts " + Words.shorten(transaction.id()) + " " + reason);
        world.observer().evicted(transaction);
    }

    @Override
    public void peerConnected(PeerLink link) {
        world.trace().add(this + " meets " + link.info().name());
    }

    @Override
    public void peerDisconnected(PeerLink link, Rejection rejection) {
        world.trace().add(this + " loses " + link.info().name());
    }

    @Override
    public void addressesLearned(PeerInfo from, List<PeerAddress> addresses) {
        world.observer().learned(this, addresses);
    }

    @Override
    public void baseInstalled(ChainHead base) {
        world.trace().add(this + " joins at " + base.height() + " " + Words.shorten(base.hash()));
        told.clear();
        for (long height = 0; height <= base.height(); height++) {
            told.add(chain.canonicalHash(height).orElseThrow());
        }
        world.observer().started(this);
    }

    @Override
    public void branchRefused(NodeKey peer, Rejection rejection) {
        refusedBranches++;
        world.trace().add(this + " refuses a branch: " + rejection);
    }

    @Override
    public void transactionsRelayed(TransactionEvent event, int count) {
        world.traffic().relayed(event, count);
    }

    @Override
    public void compactBlockEnded(CompactOutcome outcome) {
        world.traffic().rebuilt(outcome);
    }

    @Override
    public String toString() {
        return "n" + index;
    }
}
