package dev.rensa.node.peer;

import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import dev.rensa.protocol.work.Work;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node that is all transport: it listens on loopback and notes what it is told. */
public final class PeerNode implements PeerEvents, AutoCloseable {

    public static final BlockHash NETWORK = BlockHash.fromHex("11".repeat(32));
    static final int MAX_BLOCK_BYTES = 4 << 20;
    public static final PeerLimits LIMITS = PeerLimits.DEFAULT
            .withPeers(8, 6, 8)
            .withTimes(1_000, 15_000, 45_000)
            .withBudgets(16, 1 << 20, 64L << 20, 64L << 20, 1_000_000);

    private static final long AWAIT_SECONDS = 20;

    /** What {@link PeerEvents} was told. */
    public sealed interface Event {
        record Connected(PeerLink link) implements Event {}

        record Received(PeerLink link, Message message) implements Event {}

        record Disconnected(PeerLink link, Rejection rejection) implements Event {}
    }

    final NodeIdentity identity;
    final PeerTransport transport;
    final Set<NodeKey> ruledOut = ConcurrentHashMap.newKeySet();
    final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private PeerNode(Vertx vertx, PeerTransportConfig config, NodeIdentity identity) {
        this.identity = identity;
        LocalTip tip = new LocalTip(7, BlockHash.fromHex("22".repeat(32)), new Work(BigInteger.TEN));
        LinkRule rule = key -> ruledOut.contains(key)
                ? Optional.of(new Rejection(RejectionReason.CUT_BY_LAB, "the test says so"))
                : Optional.empty();
        this.transport =
                new PeerTransport(vertx, config, identity, () -> tip, InstantSource.system(), rule, this, writer);
    }

    /** Starts a node of the test network whose private key is the given number. */
    public static PeerNode start(Vertx vertx, int key) {
        return start(vertx, key, NETWORK, LIMITS, Set.of());
    }

    /** Starts any node. */
    public static PeerNode start(Vertx vertx, int key, BlockHash network, PeerLimits limits, Set<NodeKey> allowed) {
        return start(vertx, key, network, limits, allowed, Optional.empty());
    }

    /** Starts a node of the test network at a literal address of this machine. */
    public static PeerNode startAt(Vertx vertx, int key, String host, int port) {
        return start(vertx, key, NETWORK, LIMITS, Set.of(), Optional.empty(), new Place(host, port));
    }

    static PeerNode start(
            Vertx vertx, int key, BlockHash network, PeerLimits limits, Set<NodeKey> allowed, Optional<PeerTls> tls) {
        return start(vertx, key, network, limits, allowed, tls, new Place("127.0.0.1", 0));
    }

    private static PeerNode start(
            Vertx vertx,
            int key,
            BlockHash network,
            PeerLimits limits,
            Set<NodeKey> allowed,
            Optional<PeerTls> tls,
            Place place) {
        PeerTransportConfig config = new PeerTransportConfig(
                network,
                place.host(),
                place.port(),
                Optional.empty(),
                "node-" + key,
                "rensa-test/1",
                allowed,
                MAX_BLOCK_BYTES,
                tls,
                limits);
        PeerNode node = new PeerNode(vertx, config, identity(key));
        node.transport.start().toCompletableFuture().join();
        return node;
    }

    private record Place(String host, int port) {}

    static NodeIdentity identity(int key) {
        byte[] secret = new byte[32];
        secret[30] = (byte) (key >>> 8);
        secret[31] = (byte) key;
        return NodeIdentity.of(PrivateKey.of(secret));
    }

    public PeerTransport transport() {
        return transport;
    }

    public NodeKey key() {
        return identity.nodeKey();
    }

    public PeerAddress address() {
        return new PeerAddress("127.0.0.1", transport.listenPort());
    }

    DialOutcome dial(PeerNode other) {
        return transport
                .dial(other.address())
                .toCompletableFuture()
                .orTimeout(AWAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The next thing told, of whatever kind. */
    Event next() throws InterruptedException {
        Event event = events.poll(AWAIT_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing was told within " + AWAIT_SECONDS + " s");
        }
        return event;
    }

    PeerLink nextConnected() throws InterruptedException {
        return ((Event.Connected) next()).link();
    }

    Message nextMessage() throws InterruptedException {
        return ((Event.Received) next()).message();
    }

    Rejection nextDisconnected() throws InterruptedException {
        return ((Event.Disconnected) next()).rejection();
    }

    int untold() {
        return events.size();
    }

    /** Waits for a condition that nothing announces. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void connected(PeerLink link) {
        events.add(new Event.Connected(link));
    }

    @Override
    public void received(PeerLink link, Message message) {
        events.add(new Event.Received(link, message));
    }

    @Override
    public void disconnected(PeerLink link, Rejection rejection) {
        events.add(new Event.Disconnected(link, rejection));
    }

    @Override
    public void close() {
        transport.close();
        writer.shutdownNow();
    }
}
