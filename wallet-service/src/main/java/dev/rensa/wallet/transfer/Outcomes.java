package dev.rensa.wallet.transfer;

import java.util.Objects;

/** Enters into the ledger what nodes said of submitted transfers. */
public final class Outcomes {

    private final TransferDesk desk;

    public Outcomes(TransferDesk desk) {
        this.desk = desk;
    }

    /** Queues a report; it is durable some time later. */
    public void enter(Courier.Report report) {
        var _ = desk.with(report.network(), ledger -> {
            report.taken().forEach(transfer -> taken(ledger, transfer, report.nodes()));
            report.refused().forEach(refusal -> refused(ledger, refusal));
            ledger.commit();
            return true;
        });
    }

    private static void taken(Ledger ledger, Transfer delivered, int nodes) {
        Transfer current = ledger.current(delivered.id());
        if (current == null || !current.state().isUnderWay()) {
            return;
        }
        if (current.state() == TransferState.SIGNED || current.reasonCode() != null) {
            ledger.step(
                    current, current.submitted(ledger.now()), "taken by " + nodes + (nodes == 1 ? " node" : " nodes"));
        }
    }

    private static void refused(Ledger ledger, Courier.Refusal refusal) {
        Transfer current = ledger.current(refusal.transfer().id());
        if (current == null || !current.state().isUnderWay()) {
            return;
        }
        if (refusal.forEver() && current.former().isEmpty()) {
            ledger.end(current, TransferState.FAILED, refusal.code(), refusal.detail());
        } else if (!Objects.equals(current.reasonCode(), refusal.code())) {
            // Once a reason, not once a try: the audit log must not grow while a node is full.
            ledger.step(
                    current,
                    current.waiting(refusal.code(), refusal.detail(), ledger.now()),
                    "every node refused it for now: " + refusal.code());
        }
    }
}
