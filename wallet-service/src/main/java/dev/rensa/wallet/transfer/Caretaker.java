package dev.rensa.wallet.transfer;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.node.Network;
import dev.rensa.wallet.node.Node;
import dev.rensa.wallet.node.NodeUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after transfers that do not move by themselves: takes up again what a stop of the wallet interrupted, brings
 * transactions again that a node lost, mends gaps in the nonces, and ends what can never be mined. For one thread.
 */
final class Caretaker {

    /** Senders in a row whose account the node does not tell, behind which it is taken for lost. */
    private static final int MAX_UNANSWERED = 3;

    private static final System.Logger LOG = System.getLogger(Caretaker.class.getName());

    private final TransferDesk desk;
    private final Consumer<List<Transfer>> courier;
    private final int confirmations;
    private final Heartbeat heartbeat;
    private final FailureLog failures = new FailureLog(Caretaker.class);

    /** Heights at which nonces were first seen used by others. Counted anew after a restart, which only delays an end. */
    private final Map<TransferId, Long> displacedAt = new HashMap<>();

    /** Gaps seen in the last round: one that is still there in the next does not close by itself. */
    private final Map<PublicKey, Set<Long>> gapsBefore = new HashMap<>();

    Caretaker(TransferDesk desk, Consumer<List<Transfer>> courier, int confirmations, Heartbeat heartbeat) {
        this.desk = desk;
        this.courier = courier;
        this.confirmations = confirmations;
        this.heartbeat = heartbeat;
    }

    /** Looks after every lane that has open transfers. A lane that fails is left to the next round and stops no other. */
    void lookAfter(Network network, Node node, ChainFollower follower) {
        List<PublicKey> senders = Answers.await(desk.with(network.hash(), Ledger::busySenders));
        gapsBefore.keySet().retainAll(senders);
        int unanswered = 0;
        for (PublicKey sender : senders) {
            heartbeat.beat();
            try {
                lookAfter(network, node, follower, sender);
                unanswered = 0;
            } catch (NodeUnavailableException e) {
                unanswered++;
                if (unanswered == MAX_UNANSWERED) {
                    throw e;
                }
            } catch (RuntimeException e) {
                failures.log(
                        "the transfers of " + sender + " could not be looked after; the next round tries again", e);
            }
        }
        Set<TransferId> open = Answers.await(desk.with(network.hash(), Ledger::openIds));
        displacedAt.keySet().retainAll(open);
    }

    private void lookAfter(Network network, Node node, ChainFollower follower, PublicKey sender) {
        AccountView view = node.account(new Address(network.addressPrefix(), sender).toString());
        List<Transfer> displaced = new ArrayList<>();
        courier.accept(Answers.await(
                desk.with(network.hash(), ledger -> lane(network, ledger, sender, view, follower, displaced))));
        displaced.forEach(transfer -> conclude(network, node, transfer));
    }

    /** Asks once more before a transfer is given up: a payment that is on the chain must never be called replaced. */
    private void conclude(Network network, Node node, Transfer displaced) {
        Optional<Place> place = Place.of(displaced, node);
        Answers.await(desk.with(network.hash(), ledger -> {
            Transfer current = ledger.current(displaced.id());
            if (current != null && current.state().isUnderWay()) {
                conclude(ledger, current, place);
                ledger.commit();
            }
            return true;
        }));
        displacedAt.remove(displaced.id());
    }

    private static void conclude(Ledger ledger, Transfer transfer, Optional<Place> place) {
        if (place.isPresent()) {
            Node.BlockPosition found = place.get().position();
            BlockEntry.mined(ledger, transfer, place.get().transaction(), found.height(), found.hash());
        } else if (transfer.isBeingCancelled()) {
            ledger.end(
                    transfer,
                    TransferState.REPLACED,
                    Changes.CANCELLED,
                    "its nonce " + transfer.nonce() + " was used by a payment of 1 mon to its own account");
        } else {
            ledger.end(
                    transfer,
                    TransferState.REPLACED,
                    "nonce-used",
                    "another transaction of this account, not made by this wallet, used nonce " + transfer.nonce()
                            + ": somebody else holds the same key; ask again for this transfer");
        }
    }

    /** On the desk's thread. */
    private List<Transfer> lane(
            Network network,
            Ledger ledger,
            PublicKey sender,
            AccountView view,
            ChainFollower follower,
            List<Transfer> displaced) {
        Lane lane = ledger.lane(sender);
        lane.learn(view);
        List<Transfer> deliver = new ArrayList<>(ledger.sign(lane.reserved()));
        deliver.addAll(ledger.advance(lane.waiting()));
        // What the chain says counts once the wallet has looked through the very block that it is said of.
        if (follower.hasFollowed(view.height(), view.block())) {
            lane.underWay().forEach(transfer -> endDead(ledger, transfer, view, displaced));
            lane.waiting().stream()
                    .filter(transfer -> transfer.isHeld() && !ledger.takenOver().isUnsearched(transfer))
                    .forEach(transfer -> endUnpaid(ledger, transfer, view));
            ledger.commit();
        }
        deliver.addAll(mend(network, ledger, lane, sender, view));
        for (Transfer transfer : lane.underWay()) {
            Long nonce = transfer.nonce();
            if (nonce != null
                    && nonce >= view.nextNonce()
                    && (isSigned(transfer) || nonce >= view.pendingNextNonce())) {
                deliver.add(transfer);
            }
        }
        return deliver.stream().distinct().toList();
    }

    private static boolean isSigned(Transfer transfer) {
        return transfer.state() == TransferState.SIGNED;
    }

    /** Not mined, and the chain is so far past it that no usual reorganisation brings it back. */
    private void endDead(Ledger ledger, Transfer transfer, AccountView view, List<Transfer> displaced) {
        Long nonce = transfer.nonce();
        long validUntil = transfer.order().validUntil();
        if (nonce == null) {
            return;
        }
        if (nonce >= view.nextNonce()) {
            displacedAt.remove(transfer.id());
            if (validUntil != 0 && view.height() >= validUntil + confirmations) {
                ledger.end(
                        transfer,
                        TransferState.EXPIRED,
                        "expired",
                        "it was valid up to height " + validUntil + "; the chain stands at " + view.height());
            }
            return;
        }
        long since = displacedAt.computeIfAbsent(transfer.id(), id -> view.height());
        if (view.height() - since + 1 >= confirmations) {
            displaced.add(transfer);
        }
    }

    /** Held, and the chain passed the last height at which anybody could have paid it. */
    private void endUnpaid(Ledger ledger, Transfer held, AccountView view) {
        long validUntil = held.order().validUntil();
        if (validUntil != 0 && view.height() >= validUntil + confirmations) {
            ledger.end(
                    held,
                    TransferState.EXPIRED,
                    "expired",
                    "it was restored from a backup, was valid up to height " + validUntil
                            + ", and no block up to height " + view.height() + " pays it");
        }
    }

    private List<Transfer> mend(Network network, Ledger ledger, Lane lane, PublicKey sender, AccountView view) {
        List<Long> gaps = lane.gaps(view);
        Set<Long> before = gapsBefore.getOrDefault(sender, Set.of());
        List<Transfer> mends = new ArrayList<>();
        for (long gap : gaps) {
            @Nullable
            Transfer later = lane.underWay().isEmpty() ? null : lane.underWay().getLast();
            if (before.contains(gap) && later != null) {
                LOG.log(System.Logger.Level.WARNING, "nonce {0} of {1} is missing and is mended", gap, sender);
                mends.add(ledger.mend(later, gap, network.minimumFee()));
            }
        }
        gapsBefore.put(sender, new HashSet<>(gaps));
        return ledger.commitRequested(mends.stream()
                .map(transfer -> new Transition(
                        transfer,
                        Transition.WALLET,
                        "later transfers of this account wait for a nonce that none has",
                        null))
                .toList());
    }
}
