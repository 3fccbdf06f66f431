package dev.rensa.explorer.app;

import dev.rensa.explorer.api.LiveEvents;
import dev.rensa.explorer.index.IndexStoreException;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.explorer.lab.StoryBook;
import dev.rensa.explorer.observe.NodeWatch;
import dev.rensa.explorer.store.WriterLease;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduled.SkipPredicate;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.security.Security;
import org.jboss.logging.Logger;

/** Starts and stops the service, and beats its time. */
@Singleton
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    /** Pods change their addresses: a name is worth asking anew at every discovery, found or not. */
    private static final String DNS_TTL_SECONDS = "1";

    private final ExplorerConfig config;
    private final Instance<NodeWatch> watch;
    private final Instance<IndexLoop> index;
    private final Instance<LiveEvents> events;
    private final Instance<WriterLease> lease;
    private final Instance<HistoryKeeper> history;
    private final Instance<LabOrders> orders;
    private final Instance<StoryBook> stories;
    private volatile boolean running;

    Lifecycle(
            ExplorerConfig config,
            Instance<NodeWatch> watch,
            Instance<IndexLoop> index,
            Instance<LiveEvents> events,
            Instance<WriterLease> lease,
            Instance<HistoryKeeper> history,
            Instance<LabOrders> orders,
            Instance<StoryBook> stories) {
        this.config = config;
        this.watch = watch;
        this.index = index;
        this.events = events;
        this.lease = lease;
        this.history = history;
        this.orders = orders;
        this.stories = stories;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        Security.setProperty("networkaddress.cache.ttl", DNS_TTL_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", DNS_TTL_SECONDS);
        if (config.nodes().isEmpty() && config.dnsNames().isEmpty()) {
            LOG.warn("No node is configured: set rensa.explorer.nodes or rensa.explorer.dns-names.");
        }
        running = true;
        index.get().start();
        LOG.infof(
                "The index lies in %s",
                config.postgresql().enabled()
                        ? config.postgresql().url()
                        : config.dataDir().toAbsolutePath());
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
        index.get().close();
        history.get().writeAll();
        giveUpLease();
        // Behind what must be kept: nodes that stop at the same time may be waited for.
        endStory();
        watch.get().close();
    }

    /** Nobody would be left who heals the links and lets the miners go on. Quarkus has closed all HTTP clients by now. */
    private void endStory() {
        try {
            orders.get().connectAnew();
            stories.get().end();
        } catch (RuntimeException e) {
            LOG.warn("The lab's story could not be ended; nodes put themselves in order within minutes", e);
        }
    }

    private void giveUpLease() {
        try {
            lease.get().giveUp();
        } catch (IndexStoreException e) {
            LOG.warnf("The right to write the index could not be given back; it ends by itself: %s", e.getMessage());
        }
    }

    @Scheduled(
            every = "${rensa.explorer.discovery-interval:5s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = NotRunning.class)
    void lookForNodes() {
        watch.get().lookForNodes();
    }

    @Scheduled(
            every = "${rensa.explorer.poll-interval:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = NotRunning.class)
    void poll() {
        watch.get().pollAll();
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NotRunning.class)
    void keepHistory() {
        history.get().write();
    }

    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NotRunning.class)
    void noteWhereNodesStand() {
        history.get().keyframe();
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NotRunning.class)
    void endAStoryThatIsLeft() {
        stories.get().endIfLeft();
    }

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NotRunning.class)
    void keepEventStreamsOpen() {
        events.get().keepAlive();
    }

    /** The scheduler may beat before the start is through, and after the end. */
    @Singleton
    static class NotRunning implements SkipPredicate {
        private final Instance<Lifecycle> lifecycle;

        NotRunning(Instance<Lifecycle> lifecycle) {
            this.lifecycle = lifecycle;
        }

        @Override
        public boolean test(ScheduledExecution execution) {
            return !lifecycle.get().running;
        }
    }
}
