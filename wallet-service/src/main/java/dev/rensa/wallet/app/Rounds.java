package dev.rensa.wallet.app;

import dev.rensa.wallet.access.KeyRing;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.node.NodeFinder;
import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.transfer.Tracker;
import dev.rensa.wallet.webhook.Dispatcher;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What happens by the clock. */
@Singleton
class Rounds {

    private final NodeFinder finder;
    private final Nodes nodes;
    private final Tracker tracker;
    private final KeyRing ring;
    private final Vault vault;
    private final Dispatcher dispatcher;

    Rounds(NodeFinder finder, Nodes nodes, Tracker tracker, KeyRing ring, Vault vault, Dispatcher dispatcher) {
        this.finder = finder;
        this.nodes = nodes;
        this.tracker = tracker;
        this.ring = ring;
        this.vault = vault;
        this.dispatcher = dispatcher;
    }

    /** Opens database and vault before the first request, so that a wrong secret ends the start and not a payment. */
    void start(@Observes StartupEvent event) {
        nodes.health();
    }

    /** Apart from the looks at nodes, which must not wait for a name server. */
    @Scheduled(
            every = "${rensa.wallet.discovery-interval:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void findNodes() {
        finder.find();
    }

    @Scheduled(every = "${rensa.wallet.health-interval:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAtNodes() {
        nodes.refresh();
    }

    @Scheduled(every = "${rensa.wallet.track-interval:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void track() {
        tracker.round();
    }

    /** Tells webhooks of what happened. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tellWebhooks() {
        dispatcher.round();
    }

    /** Learns of keys that another replica made or revoked. */
    @Scheduled(
            every = "${rensa.wallet.access.refresh-interval:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void learnKeys() {
        ring.refresh();
    }

    /** Asks whether it is locked, and so locks a vault whose time is over. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lockInTime() {
        vault.isLocked();
    }
}
