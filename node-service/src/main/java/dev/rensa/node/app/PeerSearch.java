package dev.rensa.node.app;

import dev.rensa.node.discovery.Candidate;
import dev.rensa.node.discovery.CandidateSource;
import dev.rensa.node.discovery.Discovery;
import dev.rensa.node.discovery.DnsSource;
import dev.rensa.node.discovery.ExchangeSource;
import dev.rensa.node.discovery.OwnAddresses;
import dev.rensa.node.discovery.ProbePlan;
import dev.rensa.node.discovery.ProbeSource;
import dev.rensa.node.discovery.StaticSource;
import dev.rensa.node.discovery.SystemNameResolver;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerTransport;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Discovery with the sources that the configuration switches on. */
final class PeerSearch implements AutoCloseable {

    private final Discovery discovery;
    private final ExchangeSource exchange = new ExchangeSource();
    private final boolean exchangeEnabled;
    private @Nullable ProbeSource probe;
    private volatile boolean active;

    PeerSearch(NodeConfig config, PeerTransport transport, InstantSource clock, Vertx vertx) {
        this.exchangeEnabled = config.discovery().exchangeEnabled();
        try {
            this.discovery = new Discovery(
                    sources(config, transport, vertx),
                    transport::dial,
                    transport::links,
                    clock,
                    config.discovery().interval().toMillis());
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("The discovery settings (rensa.discovery) are refused: " + e.getMessage());
        }
    }

    private List<CandidateSource> sources(NodeConfig config, PeerTransport transport, Vertx vertx) {
        NodeConfig.Discovery settings = config.discovery();
        List<CandidateSource> sources = new ArrayList<>();
        if (settings.staticEnabled()) {
            settings.staticPeers()
                    .ifPresent(peers -> sources.add(new StaticSource(
                            peers.stream().map(PeerSearch::address).toList())));
        }
        if (settings.dns().enabled()) {
            settings.dns()
                    .names()
                    .ifPresent(names -> sources.add(new DnsSource(
                            new SystemNameResolver(vertx, Optional.empty()),
                            names,
                            config.peer().port())));
        }
        if (settings.probe().enabled() && settings.probe().hosts().isPresent()) {
            ProbePlan plan = ProbePlan.parse(
                    settings.probe().hosts().get(),
                    settings.probe()
                            .ports()
                            .orElseGet(
                                    () -> List.of(Integer.toString(config.peer().port()))));
            probe = new ProbeSource(vertx, plan, new OwnAddresses(config.peer().host(), transport::listenPort));
            sources.add(probe);
        }
        if (exchangeEnabled) {
            sources.add(exchange);
        }
        return sources;
    }

    /** Lets searches happen, and makes the first one. */
    void begin() {
        active = true;
        run();
    }

    /** Searches once; at once over before the beginning, while a search is still going, and at the end. */
    CompletionStage<Void> run() {
        return active ? discovery.run() : CompletableFuture.completedFuture(null);
    }

    List<Candidate> candidates() {
        return discovery.candidates();
    }

    void learned(List<PeerAddress> addresses) {
        if (exchangeEnabled) {
            exchange.learned(addresses);
        }
    }

    @Override
    public void close() {
        active = false;
        if (probe != null) {
            probe.close();
        }
    }

    private static PeerAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port");
        }
        String host = text.substring(0, colon).strip();
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return new PeerAddress(
                    bare, Integer.parseInt(text.substring(colon + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port", e);
        }
    }
}
