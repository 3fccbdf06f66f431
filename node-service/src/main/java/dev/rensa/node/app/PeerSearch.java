package dev.rensa.node.app;

import dev.rensa.node.discovery.AddressBook;
import dev.rensa.node.discovery.Candidate;
import dev.rensa.node.discovery.CandidateSource;
import dev.rensa.node.discovery.Discovery;
import dev.rensa.node.discovery.DnsSource;
import dev.rensa.node.discovery.ExchangeSource;
import dev.rensa.node.discovery.MulticastSource;
import dev.rensa.node.discovery.OwnAddresses;
import dev.rensa.node.discovery.ProbePlan;
import dev.rensa.node.discovery.ProbeSource;
import dev.rensa.node.discovery.StaticSource;
import dev.rensa.node.discovery.SystemNameResolver;
import dev.rensa.node.discovery.TransportNetwork;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerTransport;
import dev.rensa.protocol.crypto.BlockHash;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Discovery with the sources that the configuration switches on. */
final class PeerSearch implements AutoCloseable {

    /** A node whose beacon was missed so often is gone. */
    private static final int CALLS_UNTIL_FORGOTTEN = 4;

    private static final long[] SOON_MILLIS = {0, 700, 2_000, 5_000};

    private static final Logger LOG = Logger.getLogger(PeerSearch.class);

    private final Discovery discovery;
    private final ExchangeSource exchange;
    private final AddressBook book;
    private final boolean exchangeEnabled;
    private final List<AutoCloseable> closing = new ArrayList<>();
    private volatile boolean active;

    PeerSearch(
            NodeConfig config,
            PeerTransport transport,
            AddressBook book,
            BlockHash network,
            InstantSource clock,
            RandomGenerator random,
            Vertx vertx) {
        OwnAddresses own = new OwnAddresses(config.peer().host(), transport::listenPort, clock);
        this.exchangeEnabled = config.discovery().exchangeEnabled();
        this.exchange = new ExchangeSource(clock, own);
        this.book = book;
        try {
            this.discovery = new Discovery(
                    sources(config, transport, own, network, clock, vertx),
                    new TransportNetwork(transport),
                    book,
                    clock,
                    random,
                    config.discovery().interval().toMillis());
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("The discovery settings (rensa.discovery) are refused: " + e.getMessage());
        }
    }

    private List<CandidateSource> sources(
            NodeConfig config,
            PeerTransport transport,
            OwnAddresses own,
            BlockHash network,
            InstantSource clock,
            Vertx vertx) {
        NodeConfig.Discovery settings = config.discovery();
        List<CandidateSource> sources = new ArrayList<>();
        if (settings.staticEnabled()) {
            settings.staticPeers()
                    .ifPresent(peers -> sources.add(new StaticSource(peers.stream()
                            .map(text -> PeerAddress.parse(text.strip()))
                            .toList())));
        }
        if (settings.dns().enabled()) {
            settings.dns()
                    .names()
                    .ifPresent(names -> sources.add(new DnsSource(
                            new SystemNameResolver(
                                    vertx, settings.dns().server().map(PeerAddress::parse)),
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
            ProbeSource probe = new ProbeSource(vertx, plan, own);
            closing.add(probe);
            sources.add(probe);
        }
        if (settings.multicast().enabled()) {
            MulticastSource multicast = new MulticastSource(
                    network,
                    transport.nodeKey(),
                    transport::listenPort,
                    settings.multicast().port(),
                    settings.multicast().networkInterface(),
                    clock,
                    CALLS_UNTIL_FORGOTTEN * settings.interval().toMillis());
            closing.add(multicast);
            sources.add(multicast);
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

    /**
     * Searches at once, and again a little later: links of both sides may be healed one after the other, and a search may be
     * under way that found them cut.
     */
    void soon() {
        for (long millis : SOON_MILLIS) {
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(this::run);
        }
    }

    List<Candidate> candidates() {
        return discovery.candidates();
    }

    void learned(PeerInfo by, List<PeerAddress> addresses) {
        if (exchangeEnabled) {
            exchange.learned(by, addresses);
        }
    }

    @Override
    public void close() {
        active = false;
        book.save();
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.debug("a source of addresses did not close", e);
            }
        }
    }
}
