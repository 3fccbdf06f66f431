package dev.rensa.wallet.transfer;

import dev.rensa.wallet.key.Wallets;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.received.ReceivedStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Desk, courier and tracker, which need one another. */
public final class Engine implements AutoCloseable {

    private final TransferDesk desk;
    private final Courier courier;
    private final Tracker tracker;
    private final Changes changes;
    private final Payouts payouts;
    private final Restoration restoration;

    /** Starts the desk's and the courier's threads; whoever made it drives {@link Tracker#round()}. */
    public Engine(
            TransferStore store,
            ReceivedStore received,
            PayoutStore payoutStore,
            LaneStore lanes,
            Wallets wallets,
            Nodes nodes,
            Tracker.Settings settings,
            SecureRandom random,
            Clock clock) {
        AtomicReference<Outcomes> outcomes = new AtomicReference<>();
        // The courier gets its first transfer from the desk, so the desk is there when its first report comes.
        this.courier = new Courier(
                nodes,
                report -> Objects.requireNonNull(outcomes.get(), "set below").enter(report));
        this.desk = new TransferDesk(
                store, lanes, settings.lease(), new Signer(wallets, random), random, clock, courier::deliver);
        Advances advances = new Advances(desk, courier::deliver);
        this.payouts = new Payouts(desk, payoutStore, advances);
        this.changes = new Changes(desk, courier::deliver);
        outcomes.set(new Outcomes(desk));
        this.tracker = new Tracker(nodes, store, received, desk, clock, settings, courier::deliver);
        this.restoration = new Restoration(desk, tracker, advances);
    }

    public TransferDesk desk() {
        return desk;
    }

    public Changes changes() {
        return changes;
    }

    public Payouts payouts() {
        return payouts;
    }

    public Restoration restoration() {
        return restoration;
    }

    public Tracker tracker() {
        return tracker;
    }

    /** Stops both threads; what is open goes on at the next start. */
    @Override
    public void close() {
        desk.close();
        courier.close();
    }
}
