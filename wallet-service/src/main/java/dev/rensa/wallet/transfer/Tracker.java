package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Node;
import dev.rensa.wallet.node.NodeUnavailableException;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.received.ReceivedStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps open transfers in step with the chain, round by round. For one thread. */
public final class Tracker {

    private static final System.Logger LOG = System.getLogger(Tracker.class.getName());

    private final Nodes nodes;
    private final TransferStore store;
    private final ReceivedStore received;
    private final TransferDesk desk;
    private final Clock clock;
    private final Settings settings;
    private final Consumer<List<Transfer>> courier;
    private final Heartbeat heartbeat;
    private final HeldSearch search;
    private final FailureLog searchFailures = new FailureLog(HistorySearch.class);

    /** Held while a round is under way. */
    private final ReentrantLock rounds = new ReentrantLock();

    private volatile @Nullable ChainFollower follower;
    private @Nullable Caretaker caretaker;
    private long caredAtMillis;
    private volatile long height = -1;

    /**
     * Makes a tracker; {@link #round()} drives it.
     *
     * @param courier takes signed transfers to the nodes; must not block
     */
    public Tracker(
            Nodes nodes,
            TransferStore store,
            ReceivedStore received,
            TransferDesk desk,
            Clock clock,
            Settings settings,
            Consumer<List<Transfer>> courier) {
        this.nodes = nodes;
        this.store = store;
        this.received = received;
        this.desk = desk;
        this.clock = clock;
        this.settings = settings;
        this.courier = courier;
        this.heartbeat = new Heartbeat(clock);
        this.search = new HeldSearch(desk, store, heartbeat);
    }

    /**
     * How transfers are tracked.
     *
     * @param confirmations blocks from the one that holds a transfer to the tip, both included, that make it final
     * @param resubmitInterval time between two looks at transfers that do not move
     * @param lease how long a process may be silent before another one that shares its database takes its lanes
     */
    public record Settings(int confirmations, Duration resubmitInterval, Duration lease) {}

    /** Follows the chain, and every so often looks after what does not move. Without a usable node it does nothing. */
    public void round() {
        heartbeat.beat();
        rounds.lock();
        try {
            look();
        } finally {
            rounds.unlock();
            heartbeat.beat();
        }
    }

    /** Work that may fail as files do. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something between two rounds; the next one begins anew from the store. */
    <T> T between(Work<T> work) throws IOException {
        rounds.lock();
        try {
            return work.run();
        } finally {
            follower = null;
            caretaker = null;
            height = -1;
            rounds.unlock();
        }
    }

    /** Beats with every round, and with every block and sender within one. */
    public Heartbeat heartbeat() {
        return heartbeat;
    }

    private void look() {
        Optional<Network> network = nodes.network();
        List<Node> usable = nodes.usable();
        if (network.isEmpty() || usable.isEmpty()) {
            return;
        }
        try {
            ChainFollower current = followerOf(network.get());
            boolean onChain = current.follow(usable.getFirst());
            height = current.height();
            if (onChain && desk.isShared()) {
                new Adoption(desk, heartbeat).compare(network.get(), usable.getFirst(), current);
                search.goOn(network.get().hash(), usable.getFirst(), current);
            }
            long now = clock.millis();
            if (onChain && now - caredAtMillis >= settings.resubmitInterval().toMillis()) {
                caredAtMillis = now;
                caretakerOf().lookAfter(network.get(), usable.getFirst(), current);
            }
            if (onChain) {
                searchHistory(network.get(), usable.getFirst(), current);
            }
        } catch (NodeUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "a round of tracking ended early: {0}", e.getMessage());
        } catch (StoreException
                | LostLeaseException
                | DeskSilentException
                | RejectedExecutionException
                | IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "a round of tracking failed and begins anew from the store", e);
            follower = null;
        }
    }

    /** Height up to which transfers' states tell the chain; -1 before the first look. Safe for every thread. */
    public long height() {
        return height;
    }

    /** Whether this process has looked through the chain up to that block. Safe for every thread. */
    boolean hasFollowed(BlockHash network, AccountView view) {
        ChainFollower current = follower;
        return current != null && current.network().equals(network) && current.hasFollowed(view.height(), view.block());
    }

    private ChainFollower followerOf(Network network) {
        ChainFollower current = follower;
        if (current == null || !current.network().equals(network.hash())) {
            current = new ChainFollower(network, store, received, desk, settings.confirmations(), heartbeat);
            // It goes on from the written list, which need not be the one that the lanes in memory were followed on.
            Answers.await(desk.with(network.hash(), ledger -> {
                ledger.doubtAll();
                return true;
            }));
            follower = current;
            caretaker = null;
        }
        return current;
    }

    /** Last, and what it fails by is its own: an old block that cannot be read stops no payment. */
    private void searchHistory(Network network, Node node, ChainFollower current) {
        try {
            new HistorySearch(network, store, received, desk, settings.confirmations(), heartbeat).goOn(node, current);
        } catch (NodeUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "the search in older blocks waits for a node: {0}", e.getMessage());
        } catch (RuntimeException e) {
            searchFailures.log("older blocks could not be looked through; the next round tries again", e);
        }
    }

    private Caretaker caretakerOf() {
        Caretaker current = caretaker;
        if (current == null) {
            current = new Caretaker(desk, courier, settings.confirmations(), heartbeat);
            caretaker = current;
        }
        return current;
    }
}
