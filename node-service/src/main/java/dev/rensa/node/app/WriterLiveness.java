package dev.rensa.node.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the writer makes progress, whatever peers do. */
@Liveness
@Singleton
class WriterLiveness implements HealthCheck {

    /** Longer than any task of the writer should take, the largest block's included. */
    private static final long MAX_BUSY_MILLIS = 10_000;

    private final WriterThread writer;

    WriterLiveness(RunningNode node) {
        this.writer = node.writer;
    }

    @Override
    public HealthCheckResponse call() {
        long busyMillis = writer.busyMillis();
        return HealthCheckResponse.named("writer")
                .status(writer.isRunning() && busyMillis <= MAX_BUSY_MILLIS)
                .withData("busyMillis", busyMillis)
                .build();
    }
}
