package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.money.Amount;
import dev.rensa.wallet.key.VaultException;
import dev.rensa.wallet.key.VaultLockedException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Open transfers that are held in memory at most; further requests are refused until some are final. */
    static final int MAX_OPEN = 200_000;

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    private final BlockHash network;
    private final TransferStore store;
    private final Signer signer;
    private final TransferId.Source ids;
    private final Clock clock;

    private final Map<PublicKey, Lane> lanes = new HashMap<>();
    private final Map<TransferId, Transfer> open = new LinkedHashMap<>();
    private final Map<TransactionId, TransferId> byTransaction = new HashMap<>();
    private final List<Transition> uncommitted = new ArrayList<>();

    private Ledger(BlockHash network, TransferStore store, Signer signer, TransferId.Source ids, Clock clock) {
        this.network = network;
        this.store = store;
        this.signer = signer;
        this.ids = ids;
        this.clock = clock;
    }

    /** Reads what is open. */
    static Ledger load(BlockHash network, TransferStore store, Signer signer, TransferId.Source ids, Clock clock) {
        Ledger ledger = new Ledger(network, store, signer, ids, clock);
        store.open(network).forEach(ledger::add);
        return ledger;
    }

    BlockHash network() {
        return network;
    }

    int openCount() {
        return open.size();
    }

    Optional<Transfer> find(TransactionId transaction) {
        return Optional.ofNullable(byTransaction.get(transaction)).map(open::get);
    }

    Collection<Transfer> open() {
        return List.copyOf(open.values());
    }

    Set<TransferId> openIds() {
        return Set.copyOf(open.keySet());
    }

    /** Senders that have transfers which are not mined yet. */
    List<PublicKey> busySenders() {
        return lanes.entrySet().stream()
                .filter(lane -> !lane.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    Lane lane(PublicKey sender) {
        return lanes.computeIfAbsent(sender, key -> new Lane());
    }

    /**
     * Takes a request in, uncommitted.
     *
     * @param view the sender's account as a node sees it
     * @throws TransferRefusedException if the account cannot pay it, or too many are open
     */
    Transfer request(TransferRequest request, AccountView view) {
        Lane lane = lane(request.from().key());
        lane.learn(view);
        requirePayable(request, view, lane);
        Transfer transfer = newTransfer(request, Transfer.PAYMENT);
        add(transfer);
        return transfer;
    }

    /** Writes new transfers; behind it they are promised. */
    void commitRequested(List<Transfer> requested, String cause) {
        if (!requested.isEmpty()) {
            store.insert(requested.stream()
                    .map(transfer -> new Transition(transfer, cause))
                    .toList());
        }
    }

    /** Hands out nonces and signs; each step is committed before the next. Lanes that no node told of are left waiting. */
    List<Transfer> advance(List<Transfer> requested) {
        List<Transfer> reserved = new ArrayList<>();
        for (Transfer transfer : requested) {
            Lane lane = lane(transfer.sender());
            if (lane.isKnown()) {
                long nonce = lane.takeNonce();
                reserved.add(step(transfer, transfer.reserved(nonce, now()), "the lane handed out nonce " + nonce));
            }
        }
        commit();
        return sign(reserved);
    }

    /** Signs transfers that have their nonce; the bytes are durable when this returns. */
    List<Transfer> sign(List<Transfer> reserved) {
        List<Transfer> signed = new ArrayList<>(reserved.size());
        for (Transfer transfer : reserved) {
            try {
                var transaction = signer.sign(transfer);
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
        Transfer transfer = new Transfer(
                ids.next(now()),
                network,
                later.wallet(),
                later.account(),
                later.sender(),
                Transfer.MEND,
                new Order(later.sender(), Amount.ofMon(1), fee, 0, ""),
                null,
                "",
                now(),
                TransferState.REQUESTED,
                0,
                now(),
                null,
                null,
                null,
                null,
                null,
                null);
        add(transfer);
        lane(later.sender()).free(nonce);
        return transfer;
    }

    /** Ends a transfer unmined, uncommitted. Its nonce goes to the next one, as the chain takes no nonce before it. */
    void end(Transfer transfer, TransferState end, String code, String detail) {
        Transfer ended = step(transfer, transfer.ended(end, code, detail, now()), code + ": " + detail);
        Long nonce = ended.nonce();
        if (nonce != null && end != TransferState.REPLACED) {
            lane(transfer.sender()).free(nonce);
        }
    }

    /** Changes memory; {@link #commit()} or {@link #takeUncommitted()} makes it durable. */
    Transfer step(Transfer before, Transfer after, String cause) {
        remove(before);
        add(after);
        uncommitted.add(new Transition(after, cause));
        return after;
    }

    /** Makes all steps durable at once. */
    void commit() {
        if (!uncommitted.isEmpty()) {
            store.record(List.copyOf(uncommitted));
            uncommitted.clear();
        }
    }

    /** The steps since the last commit, for a caller who commits them with something else. */
    List<Transition> takeUncommitted() {
        List<Transition> steps = List.copyOf(uncommitted);
        uncommitted.clear();
        return steps;
    }

    /** Forgets where accounts stand: the chain that told it is gone. */
    void forgetLanes() {
        lanes.clear();
        open.values().forEach(transfer -> lane(transfer.sender()).add(transfer));
    }

    @Nullable
    Transfer current(TransferId id) {
        return open.get(id);
    }

    long now() {
        return clock.millis();
    }

    private void requirePayable(TransferRequest request, AccountView view, Lane lane) {
        if (open.size() >= MAX_OPEN) {
            throw new TransferRefusedException(
                    TransferRefusedException.TOO_MANY_OPEN,
                    "the wallet has " + MAX_OPEN + " transfers under way, its limit: wait until some are final");
        }
        long promised = lane.promised(view.nextNonce());
        long available = view.balance() - promised;
        if (request.order().cost().mon() > available) {
            throw new TransferRefusedException(
                    TransferRefusedException.INSUFFICIENT_FUNDS,
                    "amount and fee take " + request.order().cost() + ", but of the account's balance of "
                            + view.balance() + " mon only " + Math.max(0, available) + " mon are free: " + promised
                            + " mon are promised to transfers that are under way");
        }
    }

    private Transfer newTransfer(TransferRequest request, String kind) {
        long now = now();
        return new Transfer(
                ids.next(now),
                network,
                request.from().wallet(),
                request.from().index(),
                request.from().key(),
                kind,
                request.order(),
                request.idempotencyKey(),
                request.requestHash(),
                now,
                TransferState.REQUESTED,
                0,
                now,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private void add(Transfer transfer) {
        if (!transfer.state().isOpen()) {
            return;
        }
        lane(transfer.sender()).add(transfer);
        open.put(transfer.id(), transfer);
        if (transfer.transaction() != null) {
            byTransaction.put(transfer.transaction().id(), transfer.id());
        }
    }

    private void remove(Transfer transfer) {
        lane(transfer.sender()).remove(transfer);
        open.remove(transfer.id());
        if (transfer.transaction() != null) {
            byTransaction.remove(transfer.transaction().id());
        }
    }
}
