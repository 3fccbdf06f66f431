package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, from its first byte to its last. Everything that comes in is cut into frames on the connection's
 * event loop, decoded in order on shared threads, and told to the writer. Mutable state belongs to the event loop unless
 * said otherwise; the methods of {@link PeerLink} may be called from any thread.
 */
final class PeerConnection implements PeerLink {

    /** A goodbye that the peer does not take within this time is given up, and the connection cut. */
    private static final long GOODBYE_MILLIS = 500;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ConnectionScope scope;
    private final NetSocket socket;
    private final Context context;
    private final boolean dialed;
    private final PeerAddress remoteAddress;
    private final Handshake handshake;
    private final FrameBuffer frames = new FrameBuffer();
    private final OutgoingQueue outgoing;
    private final InFlight inFlight;
    private final SerialQueue decoding;
    private final Heartbeat heartbeat;
    private final MisbehaviourScore score = new MisbehaviourScore();
    private final CompletableFuture<DialOutcome> decided = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private long handshakeTimer = -1;
    private long livenessTimer = -1;
    private boolean paused;

    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable Rejection closingReason;

    /** What the peer gave as its reason; known a little after its bytes came in, so maybe after the connection closed. */
    private volatile @Nullable Rejection farewell;

    /** Set when what is still in flight must not be told any more. */
    private volatile boolean deaf;

    private volatile long bytesIn;
    private volatile @Nullable PeerInfo info;
    private volatile long connectedSinceMillis;
    private volatile long connectedSinceNanos;

    PeerConnection(ConnectionScope scope, NetSocket socket, Context context, boolean dialed) {
        this.scope = scope;
        this.socket = socket;
        this.context = context;
        this.dialed = dialed;
        this.remoteAddress = ConnectionScope.addressOf(socket);
        PeerLimits limits = scope.limits();
        this.outgoing = new OutgoingQueue(socket, limits.writeQueueBytes());
        this.inFlight = new InFlight(limits.inFlightMessages(), limits.inFlightBytes());
        this.decoding = new SerialQueue(scope.decoders());
        this.heartbeat = new Heartbeat(limits);
        this.handshake = scope.handshake(this, dialed, remoteAddress);
    }

    /** Begins; to be called on the event loop, before a byte can have arrived. */
    void start() {
        socket.handler(this::onBytes);
        socket.exceptionHandler(e -> closeSilently(lost("the connection failed: " + e.getMessage())));
        socket.closeHandler(_ -> onClosed());
        handshakeTimer = scope.vertx()
                .setTimer(
                        scope.limits().handshakeTimeoutMillis(),
                        _ -> close(new Rejection(
                                RejectionReason.TIMED_OUT,
                                "the handshake took longer than "
                                        + scope.limits().handshakeTimeoutMillis() + " ms")));
        if (dialed) {
            sendPayload(handshake.greeting());
        }
    }

    /** How the dial ends, told once. */
    CompletionStage<DialOutcome> outcome() {
        return decided;
    }

    /** Completes when the socket is closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    boolean isClosing() {
        return closing.get();
    }

    long ageMillis() {
        return (long) ((System.nanoTime() - connectedSinceNanos) / NANOS_PER_MILLI);
    }

    PeerStatus status() {
        double latency = heartbeat.latencyMillis();
        return new PeerStatus(
                info(),
                connectedSinceMillis,
                latency < 0 ? OptionalDouble.empty() : OptionalDouble.of(latency),
                bytesIn,
                outgoing.sentBytes(),
                outgoing.queuedBytes(),
                score.points());
    }

    @Override
    public PeerInfo info() {
        PeerInfo known = info;
        if (known == null) {
            throw new IllegalStateException("nothing is known of a peer before the handshake");
        }
        return known;
    }

    @Override
    public boolean send(Message message) {
        return !closing.get() && outgoing.offer(Frames.of(message));
    }

    @Override
    public long queuedBytes() {
        return outgoing.queuedBytes();
    }

    @Override
    public void disconnect(Rejection rejection) {
        deaf = true;
        close(rejection);
    }

    @Override
    public void penalise(int points, Rejection rejection) {
        if (score.add(points)) {
            scope.bans().ban(key());
            scope.log().warn(() -> "banned node " + key() + " (" + remoteAddress + ") for a while: " + rejection);
            disconnect(rejection);
        }
    }

    /** From now on nothing is received; called on the writer thread, with the news that this link is gone. */
    void endDelivery() {
        deaf = true;
    }

    private void onBytes(Buffer buffer) {
        heartbeat.heard();
        countIn(buffer.length());
        if (!closing.get()) {
            frames.append(buffer.getBytes());
            drain();
        }
    }

    /** Only the event loop writes the counter; it is volatile for those who read it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void countIn(int length) {
        bytesIn += length;
    }

    /** Deals with whole frames as long as not too many are in flight. */
    private void drain() {
        try {
            while (!closing.get() && inFlight.hasRoom()) {
                byte[] payload = frames.next();
                if (payload == null) {
                    break;
                }
                receive(payload);
            }
        } catch (MalformedException e) {
            misbehaved(e.rejection());
            return;
        }
        if (!closing.get() && !inFlight.hasRoom()) {
            paused = true;
            socket.pause();
            inFlight.whenDrained(() -> context.runOnContext(_ -> resume()));
        }
    }

    private void resume() {
        paused = false;
        heartbeat.heard();
        drain();
        if (!paused) {
            socket.resume();
        }
    }

    private void receive(byte[] payload) {
        FrameType type = FrameType.ofNumber(payload[0] & 0xff);
        if (info == null) {
            receiveInHandshake(type, payload);
            return;
        }
        switch (type) {
            // Answered before anything that is in flight, so that the latency is the network's and not the writer's.
            case PING, PONG -> beat(MessageCodec.decode(payload));
            default -> {
                inFlight.add(payload.length);
                decoding.execute(() -> decode(type, payload));
            }
        }
    }

    private void beat(Message message) {
        if (message instanceof Message.Ping ping) {
            heartbeat.answer(ping).ifPresent(pong -> outgoing.offer(Frames.of(pong)));
        } else if (message instanceof Message.Pong pong) {
            heartbeat.answered(pong);
        }
    }

    private void receiveInHandshake(FrameType type, byte[] payload) {
        if (type == FrameType.GOODBYE) {
            closeSilently(farewell(MessageCodec.decode(payload)));
            return;
        }
        Handshake.Step step = handshake.receive(payload);
        step.replies().forEach(this::sendPayload);
        if (step.refusal().isPresent()) {
            refuse(step.refusal().get());
        } else if (step.complete()) {
            becomeLink();
        }
    }

    private void becomeLink() {
        Hello their = handshake.their();
        if (their == null) {
            throw new IllegalStateException("a handshake is complete only after both greetings");
        }
        info = scope.infoOf(their, dialed, remoteAddress);
        connectedSinceMillis = scope.clock().millis();
        connectedSinceNanos = System.nanoTime();
        Runnable welcome = dialed ? () -> {} : () -> sendPayload(Handshake.welcome());
        Optional<Rejection> refusal = scope.links().admit(this, welcome);
        if (refusal.isPresent()) {
            close(refusal.get());
            return;
        }
        frames.endHandshake();
        scope.vertx().cancelTimer(handshakeTimer);
        livenessTimer = scope.vertx().setPeriodic(Heartbeat.checkMillis(scope.limits()), _ -> checkLiveness());
        checkLiveness();
        decide(new DialOutcome.Connected(key()));
    }

    /** Runs on a decoder's thread, one frame of this connection after another. */
    private void decode(FrameType type, byte[] payload) {
        if (deaf) {
            inFlight.release(payload.length);
            return;
        }
        try {
            Message message = MessageCodec.decode(payload);
            if (type == FrameType.GOODBYE) {
                inFlight.release(payload.length);
                Rejection said = farewell(message);
                farewell = said;
                context.runOnContext(_ -> closeSilently(said));
            } else {
                scope.links().tell(() -> deliver(message, payload.length));
            }
        } catch (MalformedException e) {
            deaf = true;
            inFlight.release(payload.length);
            context.runOnContext(_ -> misbehaved(e.rejection()));
        }
    }

    /** Runs on the writer thread. */
    private void deliver(Message message, int bytes) {
        try {
            if (!deaf) {
                scope.events().received(this, message);
            }
        } finally {
            inFlight.release(bytes);
        }
    }

    private void checkLiveness() {
        boolean silent = !paused && heartbeat.isSilent();
        if (silent || heartbeat.isStalled(outgoing.stalledNanos(System.nanoTime()))) {
            close(new Rejection(
                    RejectionReason.TIMED_OUT,
                    "the peer " + (silent ? "sent" : "took") + " nothing for "
                            + scope.limits().silenceMillis() + " ms"));
        } else {
            heartbeat.due().ifPresent(ping -> outgoing.offer(Frames.of(ping)));
        }
    }

    /** Bytes that break the protocol: the proven peer answers with its key, the stranger with its address. */
    private void misbehaved(Rejection rejection) {
        if (info == null || !isLinked()) {
            refuse(rejection);
        } else if (rejection.reason() == RejectionReason.UNKNOWN_VERSION) {
            disconnect(rejection);
        } else {
            penalise(MisbehaviourScore.LIMIT, rejection);
        }
    }

    private boolean isLinked() {
        return livenessTimer >= 0;
    }

    private void refuse(Rejection rejection) {
        scope.noteRefusal(rejection, remoteAddress);
        close(rejection);
    }

    /** Says goodbye and closes, at once or when the peer has taken it. Any thread. */
    private void close(Rejection rejection) {
        if (closing.compareAndSet(false, true)) {
            closingReason = rejection;
            byte[] goodbye = Frames.of(new Message.Goodbye(rejection.reason()));
            if (outgoing.offer(goodbye, socket::close)) {
                scope.vertx().setTimer(GOODBYE_MILLIS, _ -> socket.close());
            } else {
                socket.close();
            }
        }
    }

    private void closeSilently(Rejection rejection) {
        if (closing.compareAndSet(false, true)) {
            closingReason = rejection;
            socket.close();
        }
    }

    private void onClosed() {
        closing.set(true);
        scope.vertx().cancelTimer(handshakeTimer);
        scope.vertx().cancelTimer(livenessTimer);
        decide(new DialOutcome.Refused(whyClosed(), handshake.provenKey()));
        if (info != null) {
            // Behind what was received before: the writer hears that the link is gone when it has heard all of that.
            decoding.execute(() -> scope.links().remove(this, whyClosed()));
        }
        ended.complete(null);
    }

    private void decide(DialOutcome outcome) {
        if (dialed) {
            handshake.provenKey().ifPresent(key -> scope.links().endDial(key, this));
        }
        decided.complete(outcome);
    }

    private Rejection whyClosed() {
        Rejection ours = closingReason;
        Rejection theirs = farewell;
        if (ours != null) {
            return ours;
        }
        return theirs != null ? theirs : lost("the peer closed the connection without a goodbye");
    }

    private static Rejection farewell(Message message) {
        return message instanceof Message.Goodbye(RejectionReason reason)
                ? new Rejection(reason, "the peer said goodbye: " + reason.code())
                : new Rejection(RejectionReason.UNEXPECTED_MESSAGE, "expected a goodbye");
    }

    private static Rejection lost(String detail) {
        return new Rejection(RejectionReason.UNREACHABLE, detail);
    }

    private void sendPayload(byte[] payload) {
        outgoing.offer(Frames.of(payload));
    }
}
