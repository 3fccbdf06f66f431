package dev.rensa.wallet.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.wallet.api.Presenter;
import dev.rensa.wallet.api.TransferStreams;
import dev.rensa.wallet.api.WebhookBodies;
import dev.rensa.wallet.key.SealedTexts;
import dev.rensa.wallet.key.Vault;
import dev.rensa.wallet.store.Database;
import dev.rensa.wallet.store.JdbcTransferFeed;
import dev.rensa.wallet.store.JdbcWebhookStore;
import dev.rensa.wallet.transfer.TransferFeed;
import dev.rensa.wallet.webhook.Dispatcher;
import dev.rensa.wallet.webhook.HostRule;
import dev.rensa.wallet.webhook.Retries;
import dev.rensa.wallet.webhook.Sender;
import dev.rensa.wallet.webhook.WebhookStore;
import dev.rensa.wallet.webhook.Webhooks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Makes the parts that tell of transfers. */
@Singleton
class EventWiring {

    /** Longest silence of a stream: proxies close a connection that is silent for half a minute. */
    private static final long HEARTBEAT_MILLIS = 15_000;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    private final WalletConfig.Webhooks config;

    EventWiring(WalletConfig config) {
        this.config = config.webhooks();
        if (this.config.timeout().compareTo(SHORTEST_TIMEOUT) < 0
                || this.config.timeout().compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("rensa.wallet.webhooks.timeout must be from "
                    + SHORTEST_TIMEOUT.toSeconds() + " to " + LONGEST_TIMEOUT.toSeconds() + " s");
        }
        if (this.config.retries().size() > Retries.MAX_WAITS
                || this.config.retries().stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(
                    "rensa.wallet.webhooks.retries has at most " + Retries.MAX_WAITS + " times, none below 0");
        }
    }

    @Produces
    @Singleton
    TransferFeed transferFeed(Database database) {
        return new JdbcTransferFeed(database);
    }

    @Produces
    @Singleton
    TransferStreams transferStreams(TransferFeed feed) {
        return new TransferStreams(feed, HEARTBEAT_MILLIS);
    }

    void close(@Disposes TransferStreams streams) {
        streams.close();
    }

    @Produces
    @Singleton
    WebhookStore webhookStore(Database database) {
        return new JdbcWebhookStore(database);
    }

    @Produces
    @Singleton
    HostRule hostRule() {
        return new HostRule(config.allowedHosts().orElse(Set.of()));
    }

    @Produces
    @Singleton
    Webhooks webhooks(WebhookStore store, TransferFeed feed, Vault vault, HostRule hosts, Clock clock) {
        return new Webhooks(store, feed, new SealedTexts(vault), hosts, new SecureRandom(), clock);
    }

    @Produces
    @Singleton
    WebhookBodies webhookBodies(Presenter presenter, ObjectMapper json) {
        return new WebhookBodies(presenter, json);
    }

    @Produces
    @Singleton
    Sender sender(HostRule hosts, Clock clock) {
        return new Sender(hosts, config.timeout(), clock);
    }

    void close(@Disposes Sender sender) {
        sender.close();
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(
            WebhookStore store, TransferFeed feed, Vault vault, Sender sender, WebhookBodies bodies, Clock clock) {
        return new Dispatcher(
                store, feed, new SealedTexts(vault), sender, new Retries(config.retries()), bodies::of, clock);
    }

    void measure(@Observes StartupEvent event, MeterRegistry registry, TransferStreams streams, Dispatcher dispatcher) {
        FunctionCounter.builder("rensa.wallet.webhooks.taken", dispatcher, Dispatcher::takenCount)
                .baseUnit("requests")
                .description("Requests that webhooks took")
                .register(registry);
        FunctionCounter.builder("rensa.wallet.webhooks.failed", dispatcher, Dispatcher::failedCount)
                .baseUnit("requests")
                .description("Requests that webhooks did not take")
                .register(registry);
        FunctionCounter.builder("rensa.wallet.webhooks.dead", dispatcher, Dispatcher::deadCount)
                .baseUnit("deliveries")
                .description("Deliveries that were given up")
                .register(registry);
        Gauge.builder("rensa.wallet.events.listeners", streams, TransferStreams::listenerCount)
                .baseUnit("clients")
                .description("Clients that listen to the steps of transfers")
                .register(registry);
    }
}
