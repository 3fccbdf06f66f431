package dev.rensa.node.gossip;

import dev.rensa.node.chain.ChainChange;
import dev.rensa.node.chain.SignatureChecks;
import dev.rensa.node.gossip.RelayListener.TransactionEvent;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.Trial;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageLimits;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells the peers on relay links of new transactions by eight bytes of their ids, and fetches those that they tell of.
 * Pushing them unasked would save a round trip, but in a mesh a neighbour's announcement often overtakes the push, and
 * the same transaction is fetched a second time. Writer thread only.
 */
public final class TransactionRelay {

    /** How long new transactions wait to be told of together: unnoticeable, and a hundredth of the messages under load. */
    static final long COALESCE_MILLIS = 15;

    /** Pause before more is told to a peer that has much to be told, or whose link is full: 20,000 ids a second. */
    static final long CATCH_UP_MILLIS = 250;

    /** How often unanswered requests are looked at. */
    static final long SWEEP_MILLIS = 500;

    private static final Rejection SILENT =
            new Rejection(RejectionReason.TIMED_OUT, "transactions were announced and then not given");

    private final Mempool mempool;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Timers timers;
    private final RelayListener listener;

    private final Map<NodeKey, RelayPeer> peers = new LinkedHashMap<>();
    private final RelayLinks links;
    private final WantedTransactions requests;
    private final ReceivedTransactions received;
    private final Offers offers;
    private final YoungTransactions young;

    private boolean flushing;
    private boolean sweeping;

    public TransactionRelay(
            Mempool mempool,
            SignatureChecks checks,
            InstantSource clock,
            RandomGenerator random,
            Timers timers,
            RelayListener listener) {
        long secret = random.nextLong();
        this.mempool = mempool;
        this.clock = clock;
        this.random = random;
        this.timers = timers;
        this.listener = listener;
        this.links = new RelayLinks(peers.values(), random);
        this.requests = new WantedTransactions(secret);
        this.received = new ReceivedTransactions(mempool, checks, clock, requests, judge(), secret);
        this.offers = new Offers(mempool, secret);
        this.young = new YoungTransactions(secret);
    }

    public void connected(PeerLink link) {
        peers.put(link.key(), new RelayPeer(link, random.nextLong()));
    }

    public void disconnected(NodeKey key) {
        peers.remove(key);
        requests.disconnected(key);
        askAgain();
        links.choose();
    }

    /**
     * The peer has come near our head: from now on it may hear of transactions, those that wait here first. To a peer
     * that is far behind they would mean nothing, and it would refuse them. Harmless when called again.
     */
    public void peerCaughtUp(NodeKey key) {
        RelayPeer peer = peers.get(key);
        if (peer != null && !peer.isNear()) {
            changing(() -> {
                peer.comesNear();
                links.choose();
            });
        }
    }

    /** The peer wants to relay on this link, or does not any more. */
    public void wanted(PeerLink link, boolean wanted) {
        RelayPeer peer = peers.get(link.key());
        if (peer != null) {
            changing(() -> peer.wants(wanted));
        }
    }

    /** To be called every few seconds: looks after the choice of links, and after peers that owe answers. */
    public void tick() {
        long now = clock.millis();
        changing(() -> links.tick(now));
        peers.forEach((key, peer) -> requests.heldUp(key, peer.link().isPaused()));
        // Without blame: limits of its own may keep it from answering.
        requests.silent(now).forEach(silent -> withPeer(silent, link -> link.disconnect(SILENT)));
    }

    /**
     * Offers transactions that enter the network here.
     *
     * @param whenDone called once with one answer a transaction in the same order, within this call or later
     */
    public void submit(List<Transaction> transactions, Consumer<List<Admission>> whenDone) {
        received.intake().offer(transactions, admissions -> {
            for (int i = 0; i < admissions.size(); i++) {
                if (admissions.get(i) instanceof Admission.Pending || admissions.get(i) instanceof Admission.Queued) {
                    requests.settled(transactions.get(i).id().prefix());
                    announceToAll(transactions.get(i));
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
        received.intake().tryOut(transaction, whenDone);
    }

    /** A peer tells which transactions it has. */
    public void announced(PeerLink link, ShortIds ids) {
        RelayPeer peer = peers.get(link.key());
        if (peer == null) {
            return;
        }
        long now = clock.millis();
        Questions questions = new Questions();
        ids.forEach(id -> {
            peer.announced(id);
            if (!offers.isWaiting(id) && !received.isSettled(id)) {
                requests.announced(link.key(), id, now, questions);
            }
        });
        send(questions);
    }

    /** A peer asks for transactions that were announced to it. */
    public void requested(PeerLink link, ShortIds ids) {
        RelayPeer peer = peers.get(link.key());
        if (peer != null) {
            peer.owe(ids);
            count(TransactionEvent.SENT, peer.answer(offers));
            if (peer.hasMore()) {
                flushIn(CATCH_UP_MILLIS);
            }
        }
    }

    /** A peer does not have what it was asked for. */
    public void gone(PeerLink link, ShortIds ids) {
        long now = clock.millis();
        Questions questions = new Questions();
        if (peers.containsKey(link.key())) {
            ids.forEach(id -> requests.gone(link.key(), id, now, questions));
            send(questions);
        }
    }

    /** A peer sends transactions, asked for or not. */
    public void received(PeerLink link, List<Transaction> transactions) {
        RelayPeer peer = peers.get(link.key());
        if (peer == null) {
            return;
        }
        List<Transaction> unknown = new ArrayList<>(transactions.size());
        for (Transaction transaction : transactions) {
            long id = transaction.id().prefix();
            peer.shares(id);
            requests.delivered(link.key(), id);
            if (!received.isSettled(id) && !mempool.contains(transaction.id())) {
                unknown.add(transaction);
            }
        }
        count(TransactionEvent.RECEIVED, unknown.size());
        count(TransactionEvent.DUPLICATE, transactions.size() - unknown.size());
        received.offer(link.key(), unknown);
        askMore(link.key());
    }

    /** Transactions that came with a block: the peer has them, but until the block stands they are still wanted. */
    void arrivedWithBlock(NodeKey from, List<Transaction> transactions) {
        RelayPeer peer = peers.get(from);
        for (Transaction transaction : transactions) {
            long id = transaction.id().prefix();
            young.add(id, clock.millis());
            if (peer != null) {
                peer.shares(id);
            }
        }
    }

    /** The peer, if compact blocks are given on its link. */
    @Nullable
    RelayPeer relaying(NodeKey key) {
        RelayPeer peer = peers.get(key);
        return peer != null && peer.relays() ? peer : null;
    }

    /** Whether another peer may give compact blocks. */
    boolean relaysBeside(NodeKey key) {
        return peers.values().stream()
                .anyMatch(peer -> peer.relays() && !peer.link().key().equals(key));
    }

    /** Whether it came so short a time ago that peers may not have it. */
    boolean isYoung(long id) {
        return young.contains(id, clock.millis());
    }

    /** Every transaction that is here, mined ones of late included, until the visitor has enough. */
    void visit(Predicate<Transaction> wantsMore) {
        if (mempool.visit(wantsMore) && received.visit(wantsMore)) {
            offers.visit(wantsMore);
        }
    }

    /** Follows the chain: call it after the mempool did. */
    public void chainChanged(ChainChange change) {
        for (Block block : change.connected()) {
            for (Transaction transaction : block.transactions()) {
                received.mined(transaction);
                requests.settled(transaction.id().prefix());
            }
        }
        for (Block block : change.disconnected()) {
            for (Transaction transaction : block.transactions()) {
                received.abandoned(transaction);
                // Those who were on other branches may never have heard of it, or only as a part of that block.
                if (mempool.contains(transaction.id())) {
                    peers.values()
                            .forEach(peer -> peer.abandoned(transaction.id().prefix()));
                    announceToAll(transaction);
                }
            }
        }
        received.tryAgain();
    }

    private ReceivedTransactions.Judge judge() {
        return new ReceivedTransactions.Judge() {
            @Override
            public void taken(Transaction transaction) {
                announceToAll(transaction);
            }

            @Override
            public void blame(NodeKey peer, Rejection rejection) {
                withPeer(peer, link -> link.penalise(100, rejection));
            }

            @Override
            public void checked(NodeKey peer) {
                askMore(peer);
            }
        };
    }

    private void withPeer(NodeKey key, Consumer<PeerLink> deed) {
        RelayPeer peer = peers.get(key);
        if (peer != null) {
            deed.accept(peer.link());
        }
    }

    private void announceToAll(Transaction transaction) {
        long id = transaction.id().prefix();
        offers.add(transaction);
        young.add(id, clock.millis());
        for (RelayPeer peer : peers.values()) {
            if (peer.relays()) {
                peer.announce(id);
            }
        }
        flushIn(COALESCE_MILLIS);
    }

    /** Makes a change of the links, and begins or ends to tell where it changed that. */
    private void changing(Runnable change) {
        List<RelayPeer> before =
                peers.values().stream().filter(RelayPeer::relays).toList();
        change.run();
        for (RelayPeer peer : peers.values()) {
            boolean relayed = before.contains(peer);
            if (peer.relays() && !relayed) {
                peer.begin(mempool.walk());
                flushIn(COALESCE_MILLIS);
            } else if (relayed && !peer.relays()) {
                peer.end();
            }
        }
    }

    private void flushIn(long delayMillis) {
        if (!flushing) {
            flushing = true;
            timers.after(delayMillis, this::flush);
        }
    }

    private void flush() {
        flushing = false;
        List<RelayPeer> shuffled = new ArrayList<>(peers.values());
        // Who is told first asks first: taking turns spreads the sending.
        Collections.shuffle(shuffled, random);
        boolean more = false;
        int announced = 0;
        int sent = 0;
        for (RelayPeer peer : shuffled) {
            sent += peer.answer(offers);
            announced += peer.announceWaiting(offers);
            more |= peer.hasMore();
        }
        count(TransactionEvent.ANNOUNCED, announced);
        count(TransactionEvent.SENT, sent);
        if (more) {
            flushIn(CATCH_UP_MILLIS);
        }
    }

    private void askMore(NodeKey key) {
        if (peers.containsKey(key)) {
            Questions questions = new Questions();
            requests.askMore(key, clock.millis(), questions);
            send(questions);
        }
    }

    private void send(Questions questions) {
        questions.forEach((key, ids) -> {
            RelayPeer peer = peers.get(key);
            for (int from = 0; peer != null && from < ids.length; from += MessageLimits.MAX_TRANSACTIONS) {
                long[] part =
                        Arrays.copyOfRange(ids, from, Math.min(ids.length, from + MessageLimits.MAX_TRANSACTIONS));
                if (peer.link().send(new Message.GetTransactions(ShortIds.of(part)))) {
                    requests.sent(key, clock.millis());
                    count(TransactionEvent.REQUESTED, part.length);
                } else {
                    Arrays.stream(part).forEach(id -> requests.notSent(key, id));
                }
            }
        });
        if (!sweeping && !requests.isEmpty()) {
            sweeping = true;
            timers.after(SWEEP_MILLIS, this::sweep);
        }
    }

    private void sweep() {
        sweeping = false;
        askAgain();
    }

    private void askAgain() {
        Questions questions = new Questions();
        requests.askAgain(clock.millis(), questions);
        send(questions);
    }

    private void count(TransactionEvent event, int count) {
        if (count > 0) {
            listener.transactionsRelayed(event, count);
        }
    }
}
