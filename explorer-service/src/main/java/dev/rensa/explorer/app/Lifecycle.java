package dev.rensa.explorer.app;

import dev.rensa.explorer.api.LiveEvents;
import dev.rensa.explorer.observe.NodeWatch;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.Security;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Starts and stops the service, and beats its time: data folder, tables, then the watch and the index. Everything that
 * needs the tables is asked for only after they are there.
 */
@Singleton
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    /** Pods change their addresses: a name is worth asking anew at every discovery, found or not. */
    private static final String DNS_TTL_SECONDS = "1";

    private final ExplorerConfig config;
    private final Flyway flyway;
    private final Instance<NodeWatch> watch;
    private final Instance<IndexLoop> index;
    private final Instance<LiveEvents> events;
    private volatile boolean running;

    Lifecycle(
            ExplorerConfig config,
            Flyway flyway,
            Instance<NodeWatch> watch,
            Instance<IndexLoop> index,
            Instance<LiveEvents> events) {
        this.config = config;
        this.flyway = flyway;
        this.watch = watch;
        this.index = index;
        this.events = events;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        Security.setProperty("networkaddress.cache.ttl", DNS_TTL_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", DNS_TTL_SECONDS);
        try {
            Files.createDirectories(config.dataDir());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data folder " + config.dataDir().toAbsolutePath()
                            + " cannot be made; rensa.explorer.data-dir names another one.",
                    e);
        }
        flyway.migrate();
        if (config.nodes().isEmpty() && config.dnsNames().isEmpty()) {
            LOG.warn("No node is configured: set rensa.explorer.nodes or rensa.explorer.dns-names.");
        }
        running = true;
        index.get().start();
        LOG.infof("The index lies in %s", config.dataDir().toAbsolutePath());
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
        index.get().close();
        watch.get().close();
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

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP, skipExecutionIf = NotRunning.class)
    void keepEventStreamsOpen() {
        events.get().keepAlive();
    }

    /** The scheduler may beat before the tables are there, and after the end. */
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
