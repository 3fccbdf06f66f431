package dev.rensa.wallet.app;

import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.transfer.Tracker;
import dev.rensa.wallet.transfer.TransferDesk;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Two probes with two meanings: live needs threads that go on, ready needs the database and a node. */
final class Health {

    /** Longer than the longest wait for a database connection and a node's answers together. */
    private static final long MAX_SILENCE_MILLIS = 120_000;

    private Health() {}

    /** A restart may help a desk or rounds that hang; it never helps against a database or a node that is away. */
    @Liveness
    @Singleton
    static class ProgressCheck implements HealthCheck {
        private final TransferDesk desk;
        private final Tracker tracker;

        ProgressCheck(TransferDesk desk, Tracker tracker) {
            this.desk = desk;
            this.tracker = tracker;
        }

        @Override
        public HealthCheckResponse call() {
            long desksSilence = desk.heartbeat().silentMillis();
            long roundsSilence = tracker.heartbeat().silentMillis();
            return HealthCheckResponse.named("progress")
                    .status(Math.max(desksSilence, roundsSilence) < MAX_SILENCE_MILLIS)
                    .withData("deskSilentMillis", desksSilence)
                    .withData("roundsSilentMillis", roundsSilence)
                    .build();
        }
    }

    /** Whether a transfer could be accepted now. */
    @Readiness
    @Singleton
    static class NodesCheck implements HealthCheck {
        private final Nodes nodes;
        private final Database database;

        NodesCheck(Nodes nodes, Database database) {
            this.nodes = nodes;
            this.database = database;
        }

        @Override
        public HealthCheckResponse call() {
            int usable = nodes.usable().size();
            var response = HealthCheckResponse.named("nodes")
                    .status(usable > 0 && database.isReachable())
                    .withData("usable", usable);
            String reasons = nodes.reasons();
            return (reasons.isEmpty() ? response : response.withData("reasons", reasons)).build();
        }
    }
}
