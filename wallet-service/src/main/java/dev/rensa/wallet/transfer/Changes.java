package dev.rensa.wallet.transfer;

import dev.rensa.protocol.api.AccountView;
import dev.rensa.protocol.money.Amount;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** What clients may change about a transfer that is not mined yet. Safe for use by several threads. */
public final class Changes {

    /** A node takes another transaction for the same nonce only when its fee is a tenth higher, by 1 mon at least. */
    private static final long REPLACEMENT_SHARE = 10;

    /** Reason of a transfer that ended unpaid because somebody ordered so. */
    static final String CANCELLED = "cancelled";

    private final TransferDesk desk;
    private final Consumer<List<Transfer>> courier;

    Changes(TransferDesk desk, Consumer<List<Transfer>> courier) {
        this.desk = desk;
        this.courier = courier;
    }

    /**
     * Offers a higher fee. The answer fails with {@link TransferRefusedException} if the transfer is mined or has ended, or
     * the fee is too low, or more than the account can pay beside what else it has promised.
     *
     * @param view the account as a node sees it
     */
    public CompletionStage<Transfer> raiseFee(Transfer transfer, Amount fee, AccountView view, String actor) {
        return change(transfer, (ledger, current) -> {
            if (current.isBeingCancelled()) {
                throw refused("it is being cancelled");
            }
            if (!current.state().isUnderWay()) {
                throw refused("it is not signed yet: try again in a moment");
            }
            requireRaised(current, fee);
            Order raised = withFee(current.order(), fee);
            Funds.requirePayable(
                    raised.cost().mon(),
                    view,
                    ledger.lane(current.sender()).promisedToOthers(current, view.nextNonce()));
            return ledger.resign(current, raised, actor, "the fee was raised to " + fee);
        });
    }

    /**
     * Cancels a transfer: at once when it is not signed; otherwise a payment of 1 mon to its own account competes for its
     * nonce with a higher fee, and whichever is mined decides.
     */
    public CompletionStage<Transfer> cancel(Transfer transfer, String actor) {
        return change(transfer, (ledger, current) -> {
            if (!current.state().isUnderWay()) {
                return ledger.end(
                        current, TransferState.FAILED, actor, CANCELLED, "cancelled before anything was signed");
            }
            if (current.isBeingCancelled()) {
                return current;
            }
            Order nothing = new Order(
                    current.sender(),
                    Amount.ofMon(1),
                    Amount.ofMon(leastFee(current)),
                    current.order().validUntil(),
                    "");
            return ledger.resign(current, nothing, actor, "to be cancelled by a payment of 1 mon to its own account");
        });
    }

    private interface Change {
        Transfer apply(Ledger ledger, Transfer current);
    }

    private CompletionStage<Transfer> change(Transfer transfer, Change change) {
        Function<Ledger, Transfer> work = ledger -> {
            ledger.claim(List.of(transfer.sender()));
            if (!ledger.holds(transfer.sender())) {
                throw new TransferRefusedException(
                        TransferRefusedException.HELD_ELSEWHERE,
                        "another replica of this wallet holds this account: send the request again, until it meets"
                                + " that replica");
            }
            Transfer current = Optional.ofNullable(ledger.current(transfer.id()))
                    .filter(open -> open.state() != TransferState.MINED)
                    .orElseThrow(() -> refused("it is mined or has ended"));
            Transfer changed = change.apply(ledger, current);
            ledger.commit();
            if (changed.state().isUnderWay()) {
                courier.accept(List.of(changed));
            }
            return changed;
        };
        return desk.with(transfer.network(), work);
    }

    private static void requireRaised(Transfer current, Amount fee) {
        long least = leastFee(current);
        if (fee.mon() < least) {
            throw new TransferRefusedException(
                    TransferRefusedException.FEE_NOT_RAISED,
                    "the fee must be at least " + least + " mon: nodes replace a transaction only for a tenth more, and"
                            + " this one offers " + current.highestFee() + " mon already");
        }
    }

    /** As much as 1 mon leaves room for beside it where a tenth more would be beyond that. */
    private static long leastFee(Transfer transfer) {
        long fee = transfer.highestFee();
        long more = Math.max(1, Math.ceilDiv(fee, REPLACEMENT_SHARE));
        return fee > Long.MAX_VALUE - 1 - more ? Long.MAX_VALUE - 1 : fee + more;
    }

    private static Order withFee(Order order, Amount fee) {
        return new Order(order.recipient(), order.amount(), fee, order.validUntil(), order.memo());
    }

    private static TransferRefusedException refused(String why) {
        return new TransferRefusedException(
                TransferRefusedException.NOT_CHANGEABLE, "this transfer cannot be changed any more: " + why);
    }
}
