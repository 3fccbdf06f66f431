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
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, from its first byte to its last. Everything that comes in is cut into frames on the connection's
 * event loop, decoded in order on shared threads, and told to the writer. Mutable state belongs to the event loop unless
 * said otherwise; the methods of {@link PeerLink} may be called from any thread.
 */
final class PeerConnection implements PeerLink {

    /** What the peer does not take within this time is given up at the end, a goodbye too, and the connection cut. */
    private static final long GOODBYE_MILLIS = 500;

    /** Part of the time of silence after which a peer is let go that takes nothing while others wait to be answered. */
    private static final int CROWDED_PART = 8;

    private static final double NANOS_PER_MILLI = 1e6;

    private final ConnectionScope scope;
    private final NetSocket socket;
    private final Context context;
    private final boolean dialed;
    private final PeerAddress remoteAddress;
    private final Handshake handshake;
    private final Inflow inflow;
    private final OutgoingQueue outgoing;
    private final OpenQuestions questions = new OpenQuestions();
    private final WorkGate gate;
    private final SerialQueue decoding;
    private final Heartbeat heartbeat;
    private final Pace pace;
    private final CompletableFuture<DialOutcome> decided = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private long handshakeTimer = -1;
    private long livenessTimer = -1;

    private final Ending ending = new Ending();

    /** Set when what is still in flight must not be told any more. */
    private volatile boolean deaf;

    private volatile long bytesIn;
    private volatile @Nullable PeerInfo info;
    private volatile long connectedSinceMillis;
    private volatile long connectedSinceNanos;

    /** Takes an open connection; {@code binding} is unique to its TLS session, empty without one. */
    PeerConnection(ConnectionScope scope, NetSocket socket, Context context, Purpose purpose, byte[] binding) {
        this.scope = scope;
        this.socket = socket;
        this.context = context;
        this.dialed = purpose != Purpose.ACCEPTED;
        this.remoteAddress = ConnectionScope.addressOf(socket);
        PeerLimits limits = scope.limits();
        this.decoding = new SerialQueue(scope.decoders());
        this.outgoing = new OutgoingQueue(socket, limits.writeQueueBytes(), scope.sendBudget(), scope.traffic());
        this.inflow = new Inflow(socket, context, scope, questions, ending, this::receive, this::misbehaved);
        this.gate = new WorkGate(
                limits.workPerSecond(),
                outgoing::hasRoom,
                System::nanoTime,
                // An event loop must not wait for the writer.
                task -> scope.vertx().setTimer(WorkGate.RETRY_MILLIS, _ -> decoding.execute(task)));
        this.heartbeat = new Heartbeat(limits);
        this.pace = new Pace((long) (limits.silenceMillis() * NANOS_PER_MILLI / CROWDED_PART), System.nanoTime());
        this.handshake = scope.handshake(this, purpose, remoteAddress, binding);
    }

    /**
     * Begins; to be called on the event loop, before a byte can have arrived.
     *
     * @param openMillis how long the connection has been open, which TLS took
     */
    void start(long openMillis) {
        socket.handler(this::onBytes);
        socket.exceptionHandler(e -> closeSilently(TlsFailures.explain(e)));
        socket.closeHandler(_ -> onClosed());
        handshakeTimer = scope.vertx()
                .setTimer(
                        Math.max(1, scope.limits().handshakeTimeoutMillis() - openMillis),
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
        return ending.hasBegun();
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
                scope.bans().scoreOf(key()).points());
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
        if (ending.hasBegun()) {
            return false;
        }
        byte[] frame = Frames.of(message);
        questions.asked(message);
        boolean queued = MessageCodec.typeOf(message).isAnswer() ? outgoing.offerAnswer(frame) : outgoing.offer(frame);
        if (!queued) {
            questions.withdrawn(message);
        }
        return queued;
    }

    @Override
    public long queuedBytes() {
        return outgoing.queuedBytes();
    }

    @Override
    public boolean hasRoomForAnswers() {
        return outgoing.hasRoom();
    }

    @Override
    public boolean isPaused() {
        return inflow.isPaused();
    }

    @Override
    public void disconnect(Rejection rejection) {
        deaf = true;
        close(rejection);
    }

    @Override
    public void penalise(int points, Rejection rejection) {
        if (scope.bans().scoreOf(key()).add(points)) {
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
        if (!ending.hasBegun()) {
            inflow.append(buffer.getBytes());
        }
    }

    /** Only the event loop writes the counter; it is volatile for those who read it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void countIn(int length) {
        bytesIn += length;
    }

    private void receive(Inflow.Incoming frame) {
        scope.traffic().received(frame.type(), frame.payload().length);
        if (ending.hasBegun()) {
            frame.done();
        } else if (info == null) {
            frame.done();
            receiveInHandshake(frame.type(), frame.payload());
        } else if (frame.type() == FrameType.PING || frame.type() == FrameType.PONG) {
            // Answered before anything that is in flight, so that the latency is the network's and not the writer's.
            frame.done();
            beat(MessageCodec.decode(frame.payload()));
        } else {
            decoding.execute(() -> decode(frame));
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
            closeSilently(ending.farewell(MessageCodec.decode(payload)));
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
        inflow.endHandshake();
        scope.vertx().cancelTimer(handshakeTimer);
        livenessTimer = scope.vertx().setPeriodic(Heartbeat.checkMillis(scope.limits()), _ -> checkLiveness());
        checkLiveness();
        decide(new DialOutcome.Connected(key()));
    }

    /** Runs on a decoder's thread, one frame of this connection after another. */
    private void decode(Inflow.Incoming frame) {
        if (deaf) {
            frame.done();
            return;
        }
        try {
            Message message = MessageCodec.decode(frame.payload());
            if (frame.type() == FrameType.GOODBYE) {
                frame.done();
                Rejection said = ending.farewell(message);
                context.runOnContext(_ -> closeSilently(said));
            } else {
                questions.received(message);
                WorkGate.Work work = new WorkGate.Work(
                        WorkCost.of(frame.type(), frame.payload().length),
                        () -> scope.links().tell(() -> deliver(message, frame::done)),
                        frame::done);
                if (frame.type().isQuestion()) {
                    gate.ask(work);
                } else {
                    gate.tell(work);
                }
            }
        } catch (MalformedException e) {
            deaf = true;
            frame.done();
            context.runOnContext(_ -> misbehaved(e.rejection()));
        }
    }

    /** Runs on the writer thread. */
    private void deliver(Message message, Runnable done) {
        try {
            if (!deaf) {
                scope.events().received(this, message);
            }
        } finally {
            done.run();
        }
    }

    private void checkLiveness() {
        long now = System.nanoTime();
        long stalled = outgoing.stalledNanos(now);
        boolean tooSlow = pace.isTooSlow(now, outgoing.isCrowded(), outgoing.sentBytes(), outgoing.queuedBytes());
        if (inflow.isPaused()) {
            heartbeat.heard();
        }
        if (heartbeat.isSilent()) {
            timeOut("sent nothing for " + scope.limits().silenceMillis() + " ms");
        } else if (heartbeat.isStalled(stalled)) {
            timeOut("took nothing for " + scope.limits().silenceMillis() + " ms");
        } else if (tooSlow) {
            timeOut("takes too little while others wait to be answered");
        } else if (inflow.isOverdue(now)) {
            timeOut("sends a long message too slowly");
        } else {
            heartbeat.due().ifPresent(ping -> outgoing.offer(Frames.of(ping)));
        }
    }

    private void timeOut(String what) {
        close(new Rejection(RejectionReason.TIMED_OUT, "the peer " + what));
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
        scope.noteRefusal(rejection, remoteAddress, !dialed);
        close(rejection);
    }

    /** Says goodbye and closes, at once or when the peer has taken it. Any thread. */
    private void close(Rejection rejection) {
        if (ending.begin(rejection)) {
            byte[] goodbye = Frames.of(new Message.Goodbye(rejection.reason()));
            if (outgoing.offer(goodbye, socket::close)) {
                scope.vertx().setTimer(GOODBYE_MILLIS, _ -> outgoing.abandon());
            } else {
                outgoing.abandon();
            }
        }
    }

    private void closeSilently(Rejection rejection) {
        if (ending.begin(rejection)) {
            socket.close();
            scope.vertx().setTimer(GOODBYE_MILLIS, _ -> outgoing.abandon());
        }
    }

    private void onClosed() {
        ending.closed();
        inflow.close();
        scope.vertx().cancelTimer(handshakeTimer);
        scope.vertx().cancelTimer(livenessTimer);
        decide(new DialOutcome.Refused(ending.why(), handshake.provenKey()));
        if (info != null) {
            // Behind what was received before: the writer hears that the link is gone when it has heard all of that.
            // What waits for its turn is dropped: work for one who is gone would not count against anybody's rate.
            decoding.execute(() -> {
                gate.close();
                scope.links().remove(this, ending.why());
            });
        }
        ended.complete(null);
    }

    private void decide(DialOutcome outcome) {
        if (dialed) {
            handshake.provenKey().ifPresent(key -> scope.links().endDial(key, this));
        }
        decided.complete(outcome);
    }

    private void sendPayload(byte[] payload) {
        outgoing.offer(Frames.of(payload));
    }
}
