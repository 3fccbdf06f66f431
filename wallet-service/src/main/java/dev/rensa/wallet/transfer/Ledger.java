package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.wallet.key.Account;
import dev.rensa.wallet.key.VaultException;
import dev.rensa.wallet.key.VaultLockedException;
import dev.rensa.wallet.received.Income;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All open transfers of one network, in memory as in the store. Owned by the desk's thread.
 *
 * <p>A step changes memory first and is then committed, many steps at once; only behind the commit does anything leave:
 * an answer to a client or bytes to a node. When a commit fails the whole ledger is thrown away and read from the store
 * again, so memory never runs ahead of what is durable.
 */
final class Ledger {

    /** How long a lane stays held that nobody uses. */
    private static final long IDLE_LANE_MILLIS = 300_000;

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    private final BlockHash network;
    private final TransferStore store;
    private final Holdings holdings;
    private final Signer signer;
    private final TransferId.Source ids;
    private final Clock clock;
    private final Endings endings;

    private final OpenTransfers open = new OpenTransfers();
    private final List<Transition> uncommitted = new ArrayList<>();

    /** Senders with transfers that ended although their bytes may have left the house. */
    private final Set<PublicKey> endedSenders;

    private final AskedElsewhere askedElsewhere = new AskedElsewhere();
    private TakenOver takenOver = new TakenOver();

    private Ledger(
            BlockHash network,
            TransferStore store,
            Holdings holdings,
            Signer signer,
            TransferId.Source ids,
            Clock clock,
            Endings endings) {
        this.network = network;
        this.store = store;
        this.holdings = holdings;
        this.endedSenders = new HashSet<>(store.endedSenders(network));
        this.signer = signer;
        this.ids = ids;
        this.clock = clock;
        this.endings = endings;
    }

    /** Reads what is open in the lanes that this process holds. */
    static Ledger load(
            BlockHash network,
            TransferStore store,
            Holdings holdings,
            Signer signer,
            TransferId.Source ids,
            Clock clock,
            Endings endings) {
        Ledger ledger = new Ledger(network, store, holdings, signer, ids, clock, endings);
        store.open(network, holdings.replica()).forEach(ledger::takeIn);
        return ledger;
    }

    /** Takes lanes if they are free, with what is open in them. */
    void claim(Collection<PublicKey> senders) {
        takeIn(holdings.claim(senders));
    }

    boolean holds(PublicKey sender) {
        return holdings.holds(sender);
    }

    /**
     * Renews the lease, takes in lanes that became free and requests that other replicas accepted for ours, and gives back
     * lanes that were empty now and the last time; returns transfers to be delivered.
     */
    List<Transfer> tend() {
        if (!holdings.isShared()) {
            return List.of();
        }
        takeIn(holdings.tend());
        holdings.release(open.forgetIdle(now() - IDLE_LANE_MILLIS));
        return takeRequested();
    }

    /** Requests that other replicas accepted for lanes of ours. */
    List<Transfer> takeRequested() {
        if (!holdings.isShared()) {
            return List.of();
        }
        List<Transfer> foreign = store.requested(network, holdings.replica()).stream()
                .filter(transfer -> open.current(transfer.id()) == null)
                .toList();
        foreign.forEach(open::add);
        return advance(foreign);
    }

    /** Whether this process writes down which blocks were followed. */
    boolean keepsChain() {
        return holdings.keepsChain();
    }

    /** The name under which this process holds its lanes. */
    ReplicaId replica() {
        return holdings.replica();
    }

    /** Has all that is open compared with the chain: another list of blocks is followed now, and none of the former undone. */
    void doubtAll() {
        if (holdings.isShared()) {
            TakenOver fresh = new TakenOver();
            open.all().forEach(fresh::add);
            takenOver = fresh;
        }
    }

    /** What came from another replica, or was followed on another list of blocks than the one that is followed now. */
    TakenOver takenOver() {
        return takenOver;
    }

    /** A transfer that ended unmined, by its transaction; only for senders that have such. */
    Optional<Transfer> findEnded(Transaction transaction) {
        return endedSenders.contains(transaction.sender())
                ? store.findEnded(network, transaction.id())
                : Optional.empty();
    }

    /** The open transfer that a transaction pays which was not signed here. */
    Optional<Transfer> findPaidElsewhere(Transaction transaction) {
        return open.laneOf(transaction.sender()).flatMap(lane -> lane.paidBy(transaction));
    }

    /** The open transfer that has a nonce. */
    Optional<Transfer> holderOf(PublicKey sender, long nonce) {
        return lane(sender).holderOf(nonce);
    }

    private void takeIn(Set<PublicKey> senders) {
        senders.forEach(sender -> store.open(network, sender).forEach(this::takeIn));
    }

    private void takeIn(Transfer transfer) {
        open.add(transfer);
        if (holdings.isShared()) {
            takenOver.add(transfer);
        }
    }

    BlockHash network() {
        return network;
    }

    int openCount() {
        return open.count();
    }

    Optional<Transfer> find(TransactionId transaction) {
        return open.find(transaction);
    }

    Collection<Transfer> open() {
        return open.all();
    }

    Set<TransferId> openIds() {
        return open.ids();
    }

    /** Senders that have transfers which are not mined yet. */
    List<PublicKey> busySenders() {
        return open.busySenders();
    }

    Lane lane(PublicKey sender) {
        return open.lane(sender);
    }

    /**
     * Takes a request in, uncommitted.
     *
     * @param view the sender's account as a node sees it
     * @throws TransferRefusedException if the account cannot pay it, or too many are open
     */
    Transfer request(TransferRequest request, AccountView view) {
        return requestAll(List.of(request), view).getFirst();
    }

    /**
     * Takes many requests of one account in, all or none, uncommitted.
     *
     * @throws TransferRefusedException if the account cannot pay all of them, or too many are open
     */
    List<Transfer> requestAll(List<TransferRequest> requests, AccountView view) {
        PublicKey sender = requests.getFirst().from().key();
        boolean here = holds(sender);
        Lane lane = lane(sender);
        if (here) {
            lane.use(now());
            lane.learn(view);
        }
        Funds.requireRoom(open.count(), requests.size());
        long cost = Funds.cost(requests.stream().map(TransferRequest::order).toList());
        long promised = here
                ? lane.promised(view.nextNonce())
                : askedElsewhere.promised(sender, store.promised(network, sender, view.nextNonce()));
        Funds.requirePayable(cost, view, promised);
        List<Transfer> requested = requests.stream().map(this::newTransfer).toList();
        if (here) {
            requested.forEach(open::add);
        } else {
            askedElsewhere.add(sender, cost);
        }
        return requested;
    }

    /** Writes a payout and its transfers; behind it they are promised. */
    void commitPayout(PayoutStore payouts, Payout payout, List<Transition> requested) {
        payouts.insert(holdings.replica(), payout, requested);
        askedElsewhere.clear();
    }

    TransferId nextId() {
        return ids.next(now());
    }

    /**
     * Writes new transfers together with the steps that can be taken at once; behind it they are promised. Returns those
     * that were signed.
     */
    List<Transfer> commitRequested(List<Transition> requested) {
        uncommitted.addAll(requested);
        return advance(requested.stream().map(Transition::after).toList());
    }

    /** Hands out nonces and signs, in one commit, behind which bytes leave. Lanes that no node told of are left waiting. */
    List<Transfer> advance(List<Transfer> requested) {
        List<Transfer> reserved = new ArrayList<>();
        for (Transfer transfer : requested.stream()
                .filter(each -> holds(each.sender()) && !each.isHeld())
                .toList()) {
            Lane lane = lane(transfer.sender());
            if (lane.isKnown()) {
                long nonce = lane.takeNonce();
                reserved.add(step(transfer, transfer.reserved(nonce, now()), "the lane handed out nonce " + nonce));
            }
        }
        return sign(reserved);
    }

    /** Another transaction for the nonce of a signed transfer, uncommitted. */
    Transfer resign(Transfer transfer, Order order, String actor, String cause) {
        Transaction transaction = signer.sign(transfer, order);
        return step(transfer, transfer.signed(transaction, now()), actor, cause + ", signed as " + transaction.id());
    }

    /** Signs transfers that have their nonce; the bytes are durable when this returns. */
    List<Transfer> sign(List<Transfer> reserved) {
        List<Transfer> signed = new ArrayList<>(reserved.size());
        for (Transfer transfer : reserved) {
            try {
                var transaction = signer.sign(transfer, transfer.order());
                signed.add(step(transfer, transfer.signed(transaction, now()), "signed as " + transaction.id()));
            } catch (VaultLockedException e) {
                // It keeps its nonce and is signed in the round after somebody unlocks.
                LOG.log(System.Logger.Level.DEBUG, "transfer {0} waits for somebody who unlocks", transfer.id());
            } catch (VaultException e) {
                end(transfer, TransferState.FAILED, "key-unavailable", String.valueOf(e.getMessage()));
            }
        }
        commit();
        return signed;
    }

    /** One mon from the sender to itself with a nonce that later transfers wait for. */
    Transfer mend(Transfer later, long nonce, Amount fee) {
        long now = now();
        Transfer transfer = Transfer.requested(
                ids.next(now),
                new TransferRequest(
                        network,
                        new Account(later.wallet(), later.account(), later.sender(), now, null),
                        new Order(later.sender(), Amount.ofMon(1), fee, 0, ""),
                        null,
                        "",
                        Transition.WALLET),
                Transfer.MEND,
                now);
        open.add(transfer);
        lane(later.sender()).free(nonce);
        return transfer;
    }

    /** Ends a transfer unmined, uncommitted. Its nonce goes to the next one, as the chain takes no nonce before it. */
    Transfer end(Transfer transfer, TransferState end, String code, String detail) {
        return end(transfer, end, Transition.WALLET, code, detail);
    }

    /** The same, in the name of somebody. */
    Transfer end(Transfer transfer, TransferState end, String actor, String code, String detail) {
        Transfer ended = step(transfer, transfer.ended(end, code, detail, now()), actor, code + ": " + detail);
        Long nonce = ended.nonce();
        if (ended.transaction() != null) {
            endedSenders.add(ended.sender());
        }
        if (nonce != null && end != TransferState.REPLACED) {
            lane(transfer.sender()).free(nonce);
        }
        return ended;
    }

    /** Changes memory; {@link #commit()} makes it durable. */
    Transfer step(Transfer before, Transfer after, String cause) {
        return step(before, after, Transition.WALLET, cause);
    }

    /** The same, in the name of somebody. */
    Transfer step(Transfer before, Transfer after, String actor, String cause) {
        takenOver.remove(before);
        open.remove(before);
        open.add(after);
        Transaction earlier = before.transaction();
        uncommitted.add(new Transition(
                after, actor, cause, earlier == null || earlier.equals(after.transaction()) ? null : earlier));
        return after;
    }

    /** Makes all steps durable at once. */
    void commit() {
        if (!uncommitted.isEmpty()) {
            store.record(holdings.replica(), List.copyOf(uncommitted));
            committed();
        }
    }

    /** Makes all steps durable together with the blocks that brought them. */
    void commit(long forkHeight, List<FollowedBlock> connected, BigInteger bestWork, Income income) {
        store.recordBlocks(
                holdings.replica(), network, forkHeight, connected, bestWork, income, List.copyOf(uncommitted));
        committed();
    }

    private void committed() {
        endings.count(uncommitted);
        uncommitted.clear();
        askedElsewhere.clear();
    }

    /** Forgets where accounts stand: the chain that told it is gone. */
    void forgetLanes() {
        open.forgetLanes();
    }

    @Nullable
    Transfer current(TransferId id) {
        return open.current(id);
    }

    /** Those of these transfers that still wait for a nonce. */
    List<Transfer> requested(List<TransferId> ids) {
        return ids.stream()
                .map(open::current)
                .filter(Objects::nonNull)
                .filter(transfer -> transfer.state() == TransferState.REQUESTED)
                .toList();
    }

    long now() {
        return clock.millis();
    }

    private Transfer newTransfer(TransferRequest request) {
        long now = now();
        return Transfer.requested(ids.next(now), request, Transfer.PAYMENT, now);
    }
}
