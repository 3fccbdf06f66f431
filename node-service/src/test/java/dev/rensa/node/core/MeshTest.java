package dev.rensa.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.discovery.AddressBook;
import dev.rensa.node.discovery.Candidate;
import dev.rensa.node.discovery.Discovery;
import dev.rensa.node.discovery.ExchangeSource;
import dev.rensa.node.discovery.OwnAddresses;
import dev.rensa.node.discovery.StaticSource;
import dev.rensa.node.peer.DialOutcome;
import dev.rensa.node.peer.LocalTip;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.NodeIdentity;
import dev.rensa.node.peer.NodeKey;
import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerEvents;
import dev.rensa.node.peer.PeerLimits;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.PeerNode;
import dev.rensa.node.peer.PeerTransport;
import dev.rensa.node.peer.PeerTransportConfig;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.work.Work;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole networks over real sockets: transports, peer exchange and discovery, with one address to begin from. */
class MeshTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final long INTERVAL_MILLIS = 20_000;
    private static final long RUN_SECONDS = 60;
    private static final int OUTBOUND = 8;
    private static final PeerLimits LIMITS = PeerLimits.DEFAULT.withPeers(64, OUTBOUND, 8);

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final AtomicLong nowMillis = new AtomicLong(1_000_000);
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(node -> node.transport.close());
        writer.shutdownNow();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldLetALoneNodeBe() throws IOException {
        Node lone = new Node(1, Optional.empty());

        rounds(3);

        assertThat(lone.transport.links()).isEmpty();
        assertThat(lone.discovery.candidates()).isEmpty();
    }

    @Test
    void shouldConnectTwoNodesOnce() throws IOException {
        Node first = new Node(1, Optional.empty());
        Node second = new Node(2, Optional.of(first.address()));

        rounds(5);

        assertThat(first.transport.links()).hasSize(1);
        assertThat(second.transport.links()).hasSize(1);
        assertThat(second.dials.get()).isEqualTo(1);
    }

    /** Behind a router: it dials others, and wants to be known by another host than its connections come from. */
    @Test
    void shouldTellOthersOfAnAdvertisedHostOnceSomebodyMetTheNodeThere() throws IOException {
        Node first = new Node(1, Optional.empty());
        Node behindRouter = new Node(2, Optional.of(first.address()), Optional.of("localhost"));
        PeerAddress advertised = new PeerAddress("localhost", behindRouter.transport.listenPort());
        rounds(1);
        PeerNode.await("the first to hear of the host", () -> first.hasHeardOf(advertised));
        rounds(1);

        Node newcomer = new Node(3, Optional.of(first.address()));
        rounds(1);
        PeerNode.await("the newcomer to be told of it", () -> newcomer.hasHeardOf(advertised));
        rounds(1);

        assertThat(newcomer.isLinkedTo(behindRouter)).isTrue();
    }

    /** Everybody begins from one node; nobody dials everybody, and the network holds together when that node is gone. */
    @Test
    void shouldMakeAMeshOfFiftyWithoutEverybodyDialingEverybody() throws IOException {
        System.out.println("seed=" + seed);
        Node hub = new Node(1, Optional.empty());
        for (int key = 2; key <= 50; key++) {
            new Node(key, Optional.of(hub.address()));
        }

        rounds(6);

        for (Node node : nodes) {
            long outbound = node.transport.links().stream()
                    .filter(link -> link.info().outbound())
                    .count();
            assertThat(outbound).as("outbound, seed %d", seed).isBetween(node == hub ? 0L : 4L, (long) OUTBOUND);
            assertThat(node.transport.links()).as("seed %d", seed).hasSizeLessThanOrEqualTo(LIMITS.maxPeers());
            assertThat(node.dials.get()).as("dials, seed %d", seed).isLessThan(25);
            assertThat(node.discovery.candidates())
                    .as("seed %d", seed)
                    .filteredOn(MeshTest::isUnexplained)
                    .isEmpty();
        }
        assertThat(reachableFrom(nodes.getLast())).as("seed %d", seed).hasSize(50);

        nodes.remove(hub);
        hub.transport.close();
        PeerNode.await("everybody to notice", () -> nodes.stream().noneMatch(node -> node.isLinkedTo(hub)));

        assertThat(reachableFrom(nodes.getLast()))
                .as("without the hub, seed %d", seed)
                .hasSize(49);
    }

    private static boolean isUnexplained(Candidate candidate) {
        return candidate.state() == Candidate.State.REFUSED
                && candidate.rejection().isEmpty();
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            for (Node node : nodes) {
                node.discovery
                        .run()
                        .toCompletableFuture()
                        .orTimeout(RUN_SECONDS, TimeUnit.SECONDS)
                        .join();
            }
            PeerNode.await("links that both ends know", this::isSettled);
            nowMillis.addAndGet(2 * INTERVAL_MILLIS);
        }
    }

    private boolean isSettled() {
        long outbound = nodes.stream().mapToLong(node -> node.count(true)).sum();
        long inbound = nodes.stream().mapToLong(node -> node.count(false)).sum();
        return outbound == inbound;
    }

    private Set<NodeKey> reachableFrom(Node start) {
        Map<NodeKey, Node> byKey =
                nodes.stream().collect(Collectors.toMap(node -> node.transport.nodeKey(), Function.identity()));
        Set<NodeKey> reached = new HashSet<>(Set.of(start.transport.nodeKey()));
        Deque<Node> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            for (PeerLink link : next.remove().transport.links()) {
                if (byKey.containsKey(link.key()) && reached.add(link.key())) {
                    next.add(byKey.get(link.key()));
                }
            }
        }
        return reached;
    }

    /** A node that does nothing but find others. */
    private final class Node implements PeerEvents, Discovery.Network {

        private final PeerTransport transport;
        private final ExchangeSource told;
        private final Discovery discovery;
        private final AtomicInteger dials = new AtomicInteger();
        private final PeerExchange exchange;

        Node(int key, Optional<PeerAddress> entry) throws IOException {
            this(key, entry, Optional.empty());
        }

        Node(int key, Optional<PeerAddress> entry, Optional<String> advertisedHost) throws IOException {
            byte[] secret = new byte[32];
            secret[31] = (byte) key;
            InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
            PeerTransportConfig config = new PeerTransportConfig(
                    PeerNode.NETWORK,
                    "127.0.0.1",
                    0,
                    advertisedHost,
                    "node-" + key,
                    "rensa-test/1",
                    Set.of(),
                    1 << 20,
                    Optional.empty(),
                    LIMITS);
            LocalTip tip = new LocalTip(0, PeerNode.NETWORK, Work.ZERO);
            AddressBook book = AddressBook.open(Files.createDirectories(directory.resolve("node-" + key)), clock);
            this.exchange = new PeerExchange(random, (_, _) -> () -> {}, clock, book::isProved);
            this.transport = new PeerTransport(
                    VERTX, config, NodeIdentity.of(PrivateKey.of(secret)), () -> tip, clock, this, writer);
            transport.start().toCompletableFuture().join();
            this.told = new ExchangeSource(clock, new OwnAddresses("127.0.0.1", transport::listenPort, clock));
            this.discovery = new Discovery(
                    List.of(new StaticSource(entry.stream().toList()), told),
                    this,
                    book,
                    clock,
                    new Random(random.nextLong()),
                    INTERVAL_MILLIS);
            nodes.add(this);
        }

        PeerAddress address() {
            return new PeerAddress("127.0.0.1", transport.listenPort());
        }

        boolean hasHeardOf(PeerAddress address) {
            return told.find(_ -> false).toCompletableFuture().join().contains(address);
        }

        boolean isLinkedTo(Node other) {
            return transport.links().stream().anyMatch(link -> link.key().equals(other.transport.nodeKey()));
        }

        long count(boolean outbound) {
            return transport.links().stream()
                    .filter(link -> link.info().outbound() == outbound)
                    .count();
        }

        @Override
        public void connected(PeerLink link) {
            exchange.connected(link);
            exchange.claimed(link).ifPresent(address -> told.learned(link.info(), List.of(address)));
        }

        @Override
        public void received(PeerLink link, Message message) {
            if (message instanceof Message.Peers(var addresses)) {
                told.learned(link.info(), exchange.heard(link, addresses));
            }
        }

        @Override
        public void disconnected(PeerLink link, Rejection rejection) {
            exchange.disconnected(link.key());
        }

        @Override
        public CompletionStage<DialOutcome> dial(PeerAddress address) {
            dials.incrementAndGet();
            return transport.dial(address);
        }

        @Override
        public CompletionStage<DialOutcome> feel(PeerAddress address) {
            return transport.feel(address);
        }

        @Override
        public List<PeerLink> links() {
            return transport.links();
        }

        @Override
        public int freePlaces() {
            return transport.freePlaces();
        }

        @Override
        public Optional<Rejection> noPlace() {
            return transport.noPlace();
        }
    }
}
