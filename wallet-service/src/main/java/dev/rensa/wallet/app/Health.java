package dev.rensa.wallet.app;

import dev.rensa.wallet.node.Nodes;
import dev.rensa.wallet.store.Database;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Two probes with two meanings: live needs the database alone, ready needs a node as well. */
final class Health {

    private Health() {}

    /** A restart may help a wallet whose database does not answer; it never helps against a missing node. */
    @Liveness
    @Singleton
    static class DatabaseCheck implements HealthCheck {
        private final Database database;

        DatabaseCheck(Database database) {
            this.database = database;
        }

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.named("database")
                    .status(database.isReachable())
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
