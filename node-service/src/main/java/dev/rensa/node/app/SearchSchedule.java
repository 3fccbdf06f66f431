package dev.rensa.node.app;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Looks for other nodes again and again. */
@Singleton
class SearchSchedule {

    private final RunningNode node;

    SearchSchedule(RunningNode node) {
        this.node = node;
    }

    /** The next search waits until this one is over: the scheduler skips while the answer is open. */
    @Scheduled(
            identity = "discovery",
            every = "{rensa.discovery.interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> search() {
        return Uni.createFrom().completionStage(() -> node.search.run());
    }
}
