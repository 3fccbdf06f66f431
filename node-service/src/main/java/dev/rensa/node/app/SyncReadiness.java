package dev.rensa.node.app;

import dev.rensa.node.sync.SyncProgress;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the store is open and the chain is caught up with the best peer seen, or nobody gives the blocks of the best
 * headers; without peers it is.
 */
@Readiness
@Singleton
class SyncReadiness implements HealthCheck {

    private final RunningNode node;

    SyncReadiness(RunningNode node) {
        this.node = node;
    }

    @Override
    public HealthCheckResponse call() {
        SyncProgress progress = node.core.progress();
        return HealthCheckResponse.named("chain")
                .status(node.writer.isRunning() && progress.ready())
                .withData("height", node.chain.head().height())
                .withData("headerHeight", progress.headerHeight())
                .withData("targetHeight", progress.targetHeight())
                .withData("bodiesWithheld", progress.withheld())
                .build();
    }
}
