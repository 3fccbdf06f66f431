package dev.rensa.node.simulation;

import dev.rensa.node.chain.Account;
import dev.rensa.node.chain.BlockOutcome;
import dev.rensa.node.chain.Chain;
import dev.rensa.node.chain.InMemoryStorage;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.sync.SyncProgress;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Many nodes in one thread, on one virtual clock, all from one seed. */
final class World {

    /** Time in which all that can talk must agree, once it is quiet: several time-outs and pauses in a row. */
    static final long QUIET_MILLIS = 240_000;

    /** Small, so that blocks are full now and then. */
    private static final int MAX_BLOCK_BYTES = 16 * 1024;

    private final Schedule schedule = new Schedule(Money.START_MILLIS);
    private final Trace trace = new Trace(schedule);
    private final Money money;
    private final Traffic traffic = new Traffic();
    private final Random random;
    private final Network network;
    private final Observer observer;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Map<TransactionId, Boolean> signatures = new HashMap<>();

    private int maxReorganisationDepth = 10_000;
    private long maxBackgroundMillis = 20;
    private boolean busy = true;
    private boolean pinned;
    private long blocksMined;

    World(long seed) {
        this(seed, MAX_BLOCK_BYTES);
    }

    World(long seed, int maxBlockBytes) {
        this.money = new Money(maxBlockBytes);
        this.random = new Random(seed);
        this.network = new Network(this, new Random(random.nextLong()));
        this.observer = new Observer(this);
    }

    /** For the nodes that are added from now on. */
    World limitReorganisations(int depth) {
        maxReorganisationDepth = depth;
        return this;
    }

    /** Longest time that a piece of background work takes, such as computing a state root. */
    World backgroundTakes(long maxMillis) {
        maxBackgroundMillis = maxMillis;
        return this;
    }

    long maxBackgroundMillis() {
        return maxBackgroundMillis;
    }

    int maxReorganisationDepth() {
        return maxReorganisationDepth;
    }

    SimulatedNode addNode(Mischief mischief) {
        return addNode(mischief, false);
    }

    /** A node that begins with the accounts at a checkpoint. */
    SimulatedNode addJoiner() {
        return addNode(Mischief.NONE, true);
    }

    private SimulatedNode addNode(Mischief mischief, boolean joinsFromSnapshot) {
        SimulatedNode node = new SimulatedNode(
                this,
                nodes.size(),
                random.nextInt(-2_000, 2_001),
                mischief,
                joinsFromSnapshot,
                new Random(random.nextLong()));
        nodes.add(node);
        node.start();
        return node;
    }

    World addNodes(int count) {
        for (int i = 0; i < count; i++) {
            addNode(Mischief.NONE);
        }
        return this;
    }

    /** Lets blocks be found, each by a random node; the average pause is that of the whole network. */
    World mineEvery(long averageMillis) {
        repeat(averageMillis, () -> {
            SimulatedNode node = anyNode();
            if (node.isUp()) {
                blocksMined++;
                node.mine();
            }
        });
        return this;
    }

    /** Lets transfers be made, each at a random node. */
    World transferEvery(long averageMillis) {
        repeat(averageMillis, this::transfer);
        return this;
    }

    /**
     * From now on each account speaks to one node only and never spends what another branch may not have given it, so
     * that no transfer depends on the order in which a node hears of things.
     */
    World pinAccounts() {
        pinned = true;
        return this;
    }

    /** Kills nodes, some of them in the middle of a commit, and lets them return. */
    World crashEvery(long averageMillis) {
        repeat(averageMillis, () -> {
            SimulatedNode node = anyNode();
            if (node.isUp() && random.nextBoolean()) {
                node.storage().failAfter(random.nextInt(12), random.nextBoolean());
            } else if (node.isUp()) {
                node.kill();
                restartLater(node);
            }
        });
        return this;
    }

    World breakConnectionsEvery(long averageMillis) {
        repeat(averageMillis, network::breakOne);
        return this;
    }

    World partitionEvery(long averageMillis, long durationMillis) {
        repeat(averageMillis, () -> {
            network.partition();
            schedule.after(durationMillis, network::heal);
        });
        return this;
    }

    void restartLater(SimulatedNode node) {
        schedule.after(random.nextLong(200, 8_200), () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    void runFor(long millis) {
        schedule.runFor(millis);
    }

    /** Stops all that disturbs, and waits until all honest nodes agree. */
    long settle() {
        busy = false;
        network.heal();
        network.fullLinks(0);
        long start = schedule.nowMillis();
        while (!isSettled()) {
            if (schedule.nowMillis() - start > QUIET_MILLIS) {
                throw new AssertionError(
                        "no agreement after " + QUIET_MILLIS / 1_000 + " quiet seconds: " + describe());
            }
            schedule.runFor(500);
        }
        return schedule.nowMillis() - start;
    }

    /** What must be true of any run once it is settled. */
    void checkEverything() {
        SimulatedNode reference = honest().getFirst();
        Chain rebuilt = rebuild(reference.chain());
        for (SimulatedNode node : honest()) {
            checkSame(node, reference.chain());
            checkSame(node, rebuilt);
            if (node.refusedBranches() > 0) {
                throw new AssertionError(node + " refused a branch, though none parts so deep");
            }
            for (int height = 0; height < node.told().size(); height++) {
                if (!node.chain()
                        .canonicalHash(height)
                        .equals(Optional.of(node.told().get(height)))) {
                    throw new AssertionError(node + " told of another block than it has at height " + height);
                }
            }
        }
        observer.checkNothingLost(reference, honest());
    }

    private void checkSame(SimulatedNode node, Chain expected) {
        if (!node.chain().head().equals(expected.head())) {
            throw new AssertionError(node + " has another head than " + expected.head());
        }
        for (PublicKey key : Money.everyone(nodes.size())) {
            Account account = node.chain().account(key);
            if (!account.equals(expected.account(key))) {
                throw new AssertionError(node + " has " + account + " of " + key + ", not " + expected.account(key));
            }
        }
    }

    /** The ledger that comes of the canonical blocks alone, applied to nothing. */
    private Chain rebuild(Chain original) {
        Chain chain = Chain.open(money.genesis(), new InMemoryStorage(), 10_000);
        for (long height = 1; height <= original.head().height(); height++) {
            BlockHash hash = original.canonicalHash(height).orElseThrow();
            Block block = original.block(hash).orElseThrow();
            if (!(chain.acceptBlock(block, schedule.nowMillis() + 60_000) instanceof BlockOutcome.Connected)) {
                throw new AssertionError("the canonical block " + block + " does not connect to an empty ledger");
            }
        }
        return chain;
    }

    private boolean isSettled() {
        List<SimulatedNode> honest = honest();
        if (honest.stream().anyMatch(node -> !node.isUp())) {
            return false;
        }
        BlockHash head = honest.getFirst().chain().head().hash();
        // A dishonest miner may keep back for ever what its headers announce: nobody can be synced with that.
        boolean allHonest = honest.size() == nodes.size();
        return honest.stream()
                .allMatch(node -> node.chain().head().hash().equals(head)
                        && node.core().progress().ready()
                        && (!allHonest || node.core().progress().state() == SyncProgress.State.SYNCED));
    }

    private String describe() {
        StringBuilder words = new StringBuilder();
        for (SimulatedNode node : nodes) {
            words.append('\n').append(node).append(node.isHonest() ? "" : " (dishonest)");
            words.append(node.isUp() ? " up " : " down ");
            words.append(node.chain().head().height())
                    .append(' ')
                    .append(node.chain().head().hash());
            words.append(' ').append(node.core().progress());
            words.append(" peers ").append(node.core().peers().size());
        }
        return words.toString();
    }

    private void transfer() {
        int account = random.nextInt(pinned ? Money.FUNDED : Money.accounts());
        SimulatedNode node = pinned ? nodes.get(account % nodes.size()) : anyNode();
        if (!node.isUp()) {
            return;
        }
        PrivateKey from = Money.account(account);
        Account state = node.chain().account(from.publicKey());
        long nonce = node.mempool()
                .sender(from.publicKey())
                .map(sender -> sender.pendingNextNonce())
                .orElse(state.nextNonce());
        if (random.nextInt(10) == 0) {
            nonce += random.nextInt(3);
        }
        long amount = 1 + (long) (random.nextDouble() * state.balance().mon() / (pinned ? 10_000 : 4));
        long height = node.chain().head().height();
        long validUntil = random.nextInt(5) == 0 ? height + 1 + random.nextInt(10) : 0;
        PublicKey to = Money.account(random.nextInt(Money.accounts())).publicKey();
        Transaction transaction = money.sign(from, nonce, to, amount, random.nextLong(10, 1_000), validUntil);
        submit(node, transaction);
        if (!pinned && random.nextInt(8) == 0) {
            submit(anyNode(), transaction);
        }
    }

    private void submit(SimulatedNode node, Transaction transaction) {
        if (node.isUp()) {
            node.run(() -> node.core().submit(List.of(transaction), admissions -> {
                Admission admission = admissions.getFirst();
                trace.add(node + " takes " + Words.shorten(transaction.id()) + " "
                        + admission.getClass().getSimpleName());
            }));
        }
    }

    private void repeat(long averageMillis, Runnable task) {
        long pause = (long) (-Math.log(1 - random.nextDouble()) * averageMillis);
        schedule.after(pause, () -> {
            if (busy) {
                task.run();
                repeat(averageMillis, task);
            }
        });
    }

    private SimulatedNode anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** Real signatures, each checked once: the answer is the same for every node. */
    boolean isSigned(Transaction transaction) {
        return signatures.computeIfAbsent(
                transaction.id(), id -> transaction.isSignedFor(money.genesis().networkHash()));
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    List<SimulatedNode> honest() {
        return nodes.stream().filter(SimulatedNode::isHonest).toList();
    }

    Schedule schedule() {
        return schedule;
    }

    Trace trace() {
        return trace;
    }

    Money money() {
        return money;
    }

    Network network() {
        return network;
    }

    Traffic traffic() {
        return traffic;
    }

    Observer observer() {
        return observer;
    }

    long blocksMined() {
        return blocksMined;
    }
}
