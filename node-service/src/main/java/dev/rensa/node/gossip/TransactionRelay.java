package dev.rensa.node.gossip;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.gossip.DeferredTransactions.Deferred;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.Trial;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tells peers of new transactions by their ids, and fetches those that they tell of. Pushing them unasked would save a
 * round trip, but in a mesh a neighbour's announcement often overtakes the push, and the same transaction is fetched a
 * second time. Writer thread only.
 */
public final class TransactionRelay {

    /** How long new transactions wait to be told of together: unnoticeable, and a hundredth of the messages under load. */
    static final long COALESCE_MILLIS = 15;

    /** Pause before more is told to a peer that has much to be told, or whose link is full: 20,000 ids a second. */
    static final long CATCH_UP_MILLIS = 250;

    /** How often unanswered requests are looked at. */
    static final long SWEEP_MILLIS = 500;

    /** Most transactions from peers whose signatures are being checked; what is sent beyond them is not looked at. */
    static final int MAX_CHECKING = 40_000;

    /** Ids of transactions that need not be fetched again: refused for good, or mined of late. */
    static final int MAX_SETTLED = 100_000;

    /** Mined transactions that are still given to whoever asks: those of some seconds, about 8 MB. */
    static final int MAX_MINED = 10_000;

    private final Mempool mempool;
    private final TransactionIntake intake;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Timers timers;

    private final Map<NodeKey, RelayPeer> peers = new LinkedHashMap<>();
    private final TransactionRequests requests = new TransactionRequests();
    private final DeferredTransactions deferred = new DeferredTransactions();
    private final RecentIds settled = new RecentIds(MAX_SETTLED);
    private final Set<TransactionId> checking = new HashSet<>();

    /**
     * Mined of late. A block may take a transaction out of the mempool between announcement and question, and another
     * block may bring it back: who got no answer would learn of it only after the time-out.
     */
    private final Map<TransactionId, Transaction> mined = new LinkedHashMap<>();

    private boolean flushing;
    private boolean sweeping;

    public TransactionRelay(
            Mempool mempool, SignatureChecks checks, InstantSource clock, RandomGenerator random, Timers timers) {
        this.mempool = mempool;
        this.intake = new TransactionIntake(mempool, checks, clock);
        this.clock = clock;
        this.random = random;
        this.timers = timers;
    }

    public void connected(PeerLink link) {
        peers.put(link.key(), new RelayPeer(link));
    }

    public void disconnected(NodeKey key) {
        peers.remove(key);
        requests.disconnected(key);
        send(requests.askAgain(clock.millis()));
    }

    /**
     * The peer has come near our head: from now on it hears of transactions, those that wait here first. To a peer
     * that is far behind they would mean nothing, and it would refuse them. Harmless when called again.
     */
    public void peerCaughtUp(NodeKey key) {
        RelayPeer peer = peers.get(key);
        if (peer != null && !peer.isOpen()) {
            peer.open(mempool.snapshotForSaving());
            flushIn(COALESCE_MILLIS);
        }
    }

    /**
     * Offers transactions that enter the network here.
     *
     * @param whenDone called once with one answer a transaction in the same order, within this call or later
     */
    public void submit(List<Transaction> transactions, Consumer<List<Admission>> whenDone) {
        intake.offer(transactions, admissions -> {
            for (int i = 0; i < admissions.size(); i++) {
                if (isTaken(admissions.get(i))) {
                    requests.settled(transactions.get(i).id());
                    announceToAll(transactions.get(i).id());
                }
            }
            whenDone.accept(admissions);
        });
    }

    /**
     * Judges a transaction as {@link #submit} would, without taking or telling of it.
     *
     * @param whenDone called once, within this call or later
     */
    public void tryOut(Transaction transaction, Consumer<Trial> whenDone) {
        intake.tryOut(transaction, whenDone);
    }

    /** A peer tells which transactions it has. */
    public void announced(PeerLink link, List<TransactionId> ids) {
        RelayPeer peer = peers.get(link.key());
        if (peer == null) {
            return;
        }
        for (TransactionId id : ids) {
            peer.knows(id);
            if (!isSettled(id)) {
                requests.announced(link.key(), id);
            }
        }
        send(requests.ask(ids, clock.millis()));
    }

    /** A peer asks for transactions that were announced to it. */
    public void requested(PeerLink link, List<TransactionId> ids) {
        RelayPeer peer = peers.get(link.key());
        if (peer != null) {
            peer.send(ids.stream()
                    .flatMap(id -> mempool.find(id).or(() -> Optional.ofNullable(mined.get(id))).stream())
                    .toList());
        }
    }

    /** A peer sends transactions, asked for or not. */
    public void received(PeerLink link, List<Transaction> transactions) {
        RelayPeer peer = peers.get(link.key());
        if (peer == null) {
            return;
        }
        List<Transaction> unknown = new ArrayList<>();
        for (Transaction transaction : transactions) {
            TransactionId id = transaction.id();
            peer.knows(id);
            requests.settled(id);
            if (!isSettled(id) && checking.size() < MAX_CHECKING && checking.add(id)) {
                unknown.add(transaction);
            }
        }
        if (!unknown.isEmpty()) {
            long deadline = clock.millis() + DeferredTransactions.MAX_WAIT_MILLIS;
            judge(unknown.stream()
                    .map(transaction -> new Deferred(transaction, link.key(), deadline))
                    .toList());
        }
    }

    /** Follows the chain: call it after the mempool did. */
    public void chainChanged(ChainChange change) {
        for (Block block : change.connected()) {
            for (Transaction transaction : block.transactions()) {
                settled.add(transaction.id());
                requests.settled(transaction.id());
                mined.put(transaction.id(), transaction);
            }
        }
        while (mined.size() > MAX_MINED) {
            mined.remove(mined.keySet().iterator().next());
        }
        for (Block block : change.disconnected()) {
            for (Transaction transaction : block.transactions()) {
                settled.remove(transaction.id());
                // Those who were on other branches may never have heard of it.
                if (mempool.contains(transaction.id())) {
                    announceToAll(transaction.id());
                }
            }
        }
        List<Deferred> again = deferred.takeAll(clock.millis()).stream()
                .filter(d -> !isSettled(d.transaction().id())
                        && checking.add(d.transaction().id()))
                .toList();
        if (!again.isEmpty()) {
            judge(again);
        }
    }

    private void judge(List<Deferred> offered) {
        intake.offer(offered.stream().map(Deferred::transaction).toList(), admissions -> {
            for (int i = 0; i < admissions.size(); i++) {
                judged(offered.get(i), admissions.get(i));
            }
        });
    }

    private void judged(Deferred offered, Admission admission) {
        TransactionId id = offered.transaction().id();
        checking.remove(id);
        switch (admission) {
            case Admission.Pending _, Admission.Queued _ -> announceToAll(id);
            case Admission.Known _ -> {}
            case Admission.Refused(Rejection rejection) -> refused(offered, rejection);
        }
    }

    private void refused(Deferred offered, Rejection rejection) {
        if (DeferredTransactions.mayChange(rejection.reason())) {
            deferred.defer(offered);
            return;
        }
        if (!isOfTheMoment(rejection)) {
            settled.add(offered.transaction().id());
        }
        RelayPeer peer = peers.get(offered.from());
        if (peer != null && isPeersFault(rejection)) {
            peer.link().penalise(100, rejection);
        }
    }

    /** Rules that no honest node could miss. All others depend on a head, and peers may see another one than we do. */
    private static boolean isPeersFault(Rejection rejection) {
        return switch (rejection.reason()) {
            case INVALID_SIGNATURE, WRONG_NETWORK, FEE_BELOW_MINIMUM -> true;
            default -> false;
        };
    }

    /** Limits of ours that are met now and may not be met when another peer announces the same. */
    private static boolean isOfTheMoment(Rejection rejection) {
        return switch (rejection.reason()) {
            case MEMPOOL_FULL, SENDER_LIMIT, REPLACEMENT_FEE_TOO_LOW, INTERNAL_ERROR -> true;
            default -> false;
        };
    }

    private boolean isSettled(TransactionId id) {
        return mempool.contains(id) || checking.contains(id) || deferred.contains(id) || settled.contains(id);
    }

    private static boolean isTaken(Admission admission) {
        return admission instanceof Admission.Pending || admission instanceof Admission.Queued;
    }

    private void announceToAll(TransactionId id) {
        for (RelayPeer peer : peers.values()) {
            if (peer.isOpen()) {
                peer.announce(id);
            }
        }
        flushIn(COALESCE_MILLIS);
    }

    private void flushIn(long delayMillis) {
        if (!flushing) {
            flushing = true;
            timers.after(delayMillis, this::flush);
        }
    }

    private void flush() {
        flushing = false;
        List<RelayPeer> open = new ArrayList<>(
                peers.values().stream().filter(RelayPeer::isOpen).toList());
        // Who is told first asks first: taking turns spreads the sending.
        Collections.shuffle(open, random);
        boolean more = false;
        for (RelayPeer peer : open) {
            more |= peer.announceWaiting(mempool::contains);
        }
        if (more) {
            flushIn(CATCH_UP_MILLIS);
        }
    }

    private void send(Map<NodeKey, List<TransactionId>> questions) {
        questions.forEach((key, ids) -> {
            RelayPeer peer = peers.get(key);
            for (int from = 0; peer != null && from < ids.size(); from += MessageLimits.MAX_TRANSACTIONS) {
                int to = Math.min(ids.size(), from + MessageLimits.MAX_TRANSACTIONS);
                // What does not pass is asked elsewhere after the timeout, like all that is not answered.
                peer.link().send(new Message.GetTransactions(List.copyOf(ids.subList(from, to))));
            }
        });
        if (!sweeping && !requests.isEmpty()) {
            sweeping = true;
            timers.after(SWEEP_MILLIS, this::sweep);
        }
    }

    private void sweep() {
        sweeping = false;
        send(requests.askAgain(clock.millis()));
    }
}
