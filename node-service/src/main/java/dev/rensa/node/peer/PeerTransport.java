package dev.rensa.node.peer;

import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Connections to other nodes over TCP: it listens, dials, shakes hands, and keeps one link a node key. What peers say is
 * decoded on its own threads and told to {@link PeerEvents} on the writer: each link's answers in order, what it tells in
 * order, and its questions in order, but not one kind behind the other.
 *
 * <p>A host name is resolved at every dial by the given Vert.x. Quarkus' asks the JVM, which remembers an answer for as long
 * as {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} say; one with a resolver of its own
 * must have its cache switched off in its {@code AddressResolverOptions}.
 *
 * <p>Safe for use by several threads.
 */
public final class PeerTransport implements AutoCloseable {

    /** How long {@link #close()} waits for goodbyes to be taken. */
    public static final long CLOSE_MILLIS = 2_000;

    private static final Logger LOG = Logger.getLogger(PeerTransport.class);
    private static final int BACKLOG = 128;

    /** Of the log, about strangers and those who misbehave. */
    private static final int LINES_PER_MINUTE = 6;

    private final Vertx vertx;
    private final PeerTransportConfig config;
    private final NodeKey ownKey;
    private final LinkTable links;
    private final BanList bans;
    private final ConnectionScope scope;
    private final ExecutorService decoders;
    private final Optional<TlsSessions> tls;
    private final NetServer server;
    private final NetClient client;
    private volatile int listenPort;

    /** As the other constructor, for a node that is linked to anybody. */
    public PeerTransport(
            Vertx vertx,
            PeerTransportConfig config,
            NodeIdentity identity,
            Supplier<LocalTip> tip,
            InstantSource clock,
            PeerEvents events,
            Executor writer) {
        this(vertx, config, identity, tip, clock, LinkRule.ANYBODY, events, writer);
    }

    /**
     * Prepares everything and connects nothing.
     *
     * @param tip our canonical tip, asked at every handshake from any thread
     * @param rule asked about each node whose key is proved
     * @param events told on {@code writer}
     * @param writer runs tasks one after another, in order
     */
    public PeerTransport(
            Vertx vertx,
            PeerTransportConfig config,
            NodeIdentity identity,
            Supplier<LocalTip> tip,
            InstantSource clock,
            LinkRule rule,
            PeerEvents events,
            Executor writer) {
        this.vertx = vertx;
        this.config = config;
        this.ownKey = identity.nodeKey();
        this.bans = new BanList(clock, config.limits().banMillis());
        this.links = new LinkTable(ownKey, config.limits(), bans, rule, events, writer);
        this.decoders = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("rensa-peer-decoder-", 0).daemon().factory());
        RateLimitedLog log = new RateLimitedLog(LOG, LINES_PER_MINUTE);
        this.scope = new ConnectionScope(
                vertx,
                config,
                identity,
                tip,
                () -> listenPort,
                clock,
                links,
                bans,
                events,
                decoders,
                new ReceiveBudget(config.limits().receiveBytes()),
                new SendBudget(config.limits().sendBytes()),
                new Traffic(),
                log);
        this.tls = config.tls()
                .map(settings -> new TlsSessions(settings, config.limits().handshakeTimeoutMillis()));
        this.server = vertx.createNetServer(serverOptions());
        this.client = vertx.createNetClient(clientOptions());
    }

    private NetServerOptions serverOptions() {
        return new NetServerOptions()
                .setHost(config.bindHost())
                .setPort(config.bindPort())
                .setAcceptBacklog(BACKLOG)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
    }

    private NetClientOptions clientOptions() {
        NetClientOptions options =
                new NetClientOptions().setConnectTimeout(config.limits().connectTimeoutMillis());
        options.setTcpKeepAlive(true).setTcpNoDelay(true);
        return options;
    }

    /** Listens; fails if the address cannot be bound, for example because another process listens there. */
    public CompletionStage<Void> start() {
        return server.connectHandler(this::accept)
                .exceptionHandler(e -> LOG.debug("a connection failed before it was open", e))
                .listen()
                .<Void>map(bound -> {
                    listenPort = bound.actualPort();
                    LOG.infof("node %s listens for peers on %s:%d", ownKey, config.bindHost(), listenPort);
                    return null;
                })
                .toCompletionStage();
    }

    /** The port that peers can dial; 0 before {@link #start()} has completed. */
    public int listenPort() {
        return listenPort;
    }

    public NodeKey nodeKey() {
        return ownKey;
    }

    /** Links that are open, in no order. */
    public List<PeerLink> links() {
        return List.copyOf(links.open());
    }

    /** The same with their numbers. */
    public List<PeerStatus> peers() {
        return links.open().stream().map(PeerConnection::status).toList();
    }

    /** Bytes of long messages of all peers that are on their way or in flight. */
    public long receivingBytes() {
        return scope.receiveBudget().usedBytes();
    }

    /** Peers that are not read because all together send too much. */
    public int waitingForRoom() {
        return scope.receiveBudget().waiting();
    }

    /** What went over all links since the start. */
    public Traffic traffic() {
        return scope.traffic();
    }

    /** Bytes that wait to be sent to all peers. */
    public long sendingBytes() {
        return scope.sendBudget().usedBytes();
    }

    /** The limit on connections. */
    public int maxPeers() {
        return config.limits().maxPeers();
    }

    /** How many more nodes may be dialled. */
    public int freePlaces() {
        return links.freePlaces();
    }

    /** Why nobody should be dialled at present: all places for that are taken. */
    public Optional<Rejection> noPlace() {
        return links.judgeDialing();
    }

    /**
     * Connects and shakes hands. It always completes, and within the connect and the handshake timeout together; why there
     * is no connection is a value, not an exception.
     */
    public CompletionStage<DialOutcome> dial(PeerAddress address) {
        Optional<Rejection> refusal = links.judgeDialing();
        return refusal.isPresent()
                ? CompletableFuture.completedFuture(refused(refusal.get()))
                : dial(address, Purpose.DIALED);
    }

    /**
     * Connects, learns who listens there, and closes: the outcome is a refusal that holds the node's key, and the reason
     * {@code too-many-peers} where that node could be a peer.
     */
    public CompletionStage<DialOutcome> feel(PeerAddress address) {
        return dial(address, Purpose.FEELER);
    }

    private CompletionStage<DialOutcome> dial(PeerAddress address, Purpose purpose) {
        CompletableFuture<DialOutcome> outcome = new CompletableFuture<>();
        client.connect(address.port(), address.host())
                .onSuccess(socket -> greet(socket, purpose, outcome))
                .onFailure(e -> outcome.complete(unreachable(address, e)));
        return outcome;
    }

    private void greet(NetSocket socket, Purpose purpose, CompletableFuture<DialOutcome> outcome) {
        long openedNanos = System.nanoTime();
        secure(socket, true, () -> {})
                .onSuccess(binding -> {
                    PeerConnection connection =
                            new PeerConnection(scope, socket, vertx.getOrCreateContext(), purpose, binding);
                    connection.outcome().thenAccept(outcome::complete);
                    connection.start(millisSince(openedNanos));
                })
                .onFailure(e -> outcome.complete(refused(tlsFailed(socket, e))));
    }

    /** Begins TLS where it is configured, and tells what the session is bound to. */
    private Future<byte[]> secure(NetSocket socket, boolean dialed, Runnable heard) {
        socket.exceptionHandler(e -> LOG.debug("a connection failed before the handshake", e));
        return tls.map(sessions -> sessions.begin(socket, dialed, heard))
                .orElseGet(() -> Future.succeededFuture(ChannelBinding.NONE));
    }

    private Rejection tlsFailed(NetSocket socket, Throwable failure) {
        Rejection rejection = TlsFailures.explain(failure);
        scope.log().warn(() -> "no TLS with " + ConnectionScope.addressOf(socket) + ": " + rejection);
        socket.close();
        return rejection;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static DialOutcome refused(Rejection rejection) {
        return new DialOutcome.Refused(rejection, Optional.empty());
    }

    private static DialOutcome unreachable(PeerAddress address, Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return refused(new Rejection(RejectionReason.TIMED_OUT, "nobody answered at " + address));
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return refused(new Rejection(RejectionReason.UNREACHABLE, "cannot connect to " + address + ": " + why));
    }

    private void accept(NetSocket socket) {
        String host = ConnectionScope.addressOf(socket).host();
        if (!bans.mayCome(host) || !links.beginHandshake(host)) {
            // Without a goodbye: whoever floods is not worth the bytes.
            socket.close();
            return;
        }
        long openedNanos = System.nanoTime();
        AtomicBoolean spoke = new AtomicBoolean();
        secure(socket, false, () -> spoke.set(true))
                .onSuccess(binding -> {
                    PeerConnection connection =
                            new PeerConnection(scope, socket, vertx.getOrCreateContext(), Purpose.ACCEPTED, binding);
                    connection.outcome().thenRun(() -> links.endHandshake(host));
                    connection.start(millisSince(openedNanos));
                })
                .onFailure(e -> {
                    links.endHandshake(host);
                    if (spoke.get()) {
                        bans.badHandshake(host);
                    }
                    tlsFailed(socket, e);
                });
    }

    /**
     * Says goodbye to every peer and closes all connections, within {@link #CLOSE_MILLIS} and a little. Not to be called on
     * an event loop. Doing so twice is harmless.
     */
    @Override
    public void close() {
        links.close();
        Rejection rejection = new Rejection(RejectionReason.SHUTTING_DOWN, "this node is shutting down");
        List<PeerConnection> open = List.copyOf(links.all());
        open.forEach(link -> link.disconnect(rejection));
        CompletableFuture<?>[] ended = open.stream().map(PeerConnection::ended).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ended).get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("some connections did not close in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(link -> links.remove(link, rejection));
        // Only now: closing them cuts their connections, and no goodbye would get through.
        server.close();
        client.close();
        decoders.shutdownNow();
    }
}
