package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one peer sends, from bytes to whole frames. Reading pauses while too much of this peer's is in flight, and before a
 * long frame while all peers together hold too much. Belongs to the connection's event loop.
 */
final class Inflow implements FrameGate {

    /** Frames up to this length take nothing of the shared budget: the number in flight bounds them. */
    static final int SHORT_BYTES = 4_096;

    /** A long frame that has begun holds memory that others may need, so it must come at this pace at least. */
    static final int MIN_BYTES_PER_SECOND = 256 * 1024;

    /** How long it may rest while others wait for that memory. */
    static final long CROWDED_GRACE_NANOS = 2_000_000_000L;

    /** One peer's part of the budget, at most; one address' and that of all messages that nobody asked for is twice that. */
    private static final int PEER_PART = 4;

    private static final int SHARED_PART = 2;

    /** Owner of the purse of messages that nobody asked for, so that there is always room for answers. */
    private static final Object UNASKED = new Object();

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A whole frame; {@link #done} gives back what it held, once nothing of it is needed any more. Any thread. */
    static final class Incoming {
        private final byte[] payload;
        private final Runnable done;

        private Incoming(byte[] payload, Runnable done) {
            this.payload = payload;
            this.done = done;
        }

        FrameType type() {
            return FrameType.ofNumber(payload[0] & 0xff);
        }

        byte[] payload() {
            return payload;
        }

        void done() {
            done.run();
        }
    }

    private final NetSocket socket;
    private final Context context;
    private final InFlight inFlight;
    private final ReceiveBudget budget;
    private final OpenQuestions questions;
    private final Ending ending;
    private final int maxBlockBytes;
    private final List<ReceiveBudget.Purse> asked;
    private final List<ReceiveBudget.Purse> unasked;
    private final long graceNanos;
    private final Consumer<Incoming> sink;
    private final Consumer<Rejection> misbehaved;
    private final FrameBuffer frames = new FrameBuffer(this);

    private boolean open = true;

    /** Only the event loop changes it. */
    private volatile boolean paused;

    private ReceiveBudget.@Nullable Share share;
    private long frameBegunNanos;

    /**
     * Prepares it; reading goes on or pauses as {@link #append} finds it.
     *
     * @param sink takes whole frames in order
     * @param misbehaved told when the stream is none of frames; nothing follows
     */
    Inflow(
            NetSocket socket,
            Context context,
            ConnectionScope scope,
            OpenQuestions questions,
            Ending ending,
            Consumer<Incoming> sink,
            Consumer<Rejection> misbehaved) {
        PeerLimits limits = scope.limits();
        this.socket = socket;
        this.context = context;
        this.inFlight = new InFlight(limits.inFlightMessages(), limits.inFlightBytes());
        this.budget = scope.receiveBudget();
        this.questions = questions;
        this.ending = ending;
        this.maxBlockBytes = scope.config().maxBlockBytes();
        this.asked = purses(scope, ConnectionScope.addressOf(socket).host());
        this.unasked = new ArrayList<>(asked);
        unasked.add(new ReceiveBudget.Purse(UNASKED, budget.maximumBytes() / SHARED_PART));
        this.graceNanos = limits.silenceMillis() * 1_000_000L / 4;
        this.sink = sink;
        this.misbehaved = misbehaved;
    }

    /** Loopback is everybody on this machine, so it has no purse. */
    private List<ReceiveBudget.Purse> purses(ConnectionScope scope, String host) {
        long maximumBytes = scope.limits().receiveBytes();
        List<ReceiveBudget.Purse> purses = new ArrayList<>();
        purses.add(new ReceiveBudget.Purse(this, maximumBytes / PEER_PART));
        if (!AddressGroups.isLoopback(host)) {
            purses.add(new ReceiveBudget.Purse(host, maximumBytes / SHARED_PART));
        }
        return purses;
    }

    /** From now on other frames than those of the handshake may come. */
    void endHandshake() {
        frames.endHandshake();
    }

    /** Whether this side reads nothing at present, so that silence says nothing of the peer. Any thread. */
    boolean isPaused() {
        return paused;
    }

    /** Whether a long frame that has begun comes too slowly. */
    boolean isOverdue(long nowNanos) {
        if (share == null || !share.isGranted() || paused) {
            return false;
        }
        long grace = share.isWaitedFor() ? Math.min(CROWDED_GRACE_NANOS, graceNanos) : graceNanos;
        return nowNanos - frameBegunNanos > grace + frames.arrivedBytes() * NANOS_PER_SECOND / MIN_BYTES_PER_SECOND;
    }

    /** Takes bytes of the stream. */
    void append(byte[] bytes) {
        if (isOpen()) {
            frames.append(bytes);
            drain();
        }
    }

    /** Nothing more is taken. */
    void close() {
        open = false;
        if (share != null) {
            share.release();
            share = null;
        }
    }

    @Override
    public boolean begin(FrameType type, int length) {
        questions.require(type);
        int limit = type.maximumBytes(maxBlockBytes);
        if (length > limit) {
            throw new MalformedException(
                    RejectionReason.SIZE_LIMIT,
                    "a frame of type " + type + " declares " + length + " bytes; on this network its limit is "
                            + limit);
        }
        if (length > SHORT_BYTES) {
            if (share == null) {
                share = budget.ask(
                        length, type.isAnswer() ? asked : unasked, () -> context.runOnContext(_ -> resume()));
            }
            if (!share.isGranted()) {
                return false;
            }
            frameBegunNanos = System.nanoTime();
        }
        questions.answered(type);
        return true;
    }

    private void drain() {
        try {
            while (isOpen() && inFlight.hasRoom()) {
                byte[] payload = frames.next();
                if (payload == null) {
                    break;
                }
                hand(payload);
            }
        } catch (MalformedException e) {
            misbehaved.accept(e.rejection());
            return;
        }
        if (!isOpen() || paused) {
            return;
        }
        if (!inFlight.hasRoom()) {
            pause();
            inFlight.whenDrained(() -> context.runOnContext(_ -> resume()));
        } else if (share != null && !share.isGranted()) {
            pause();
        }
    }

    private void hand(byte[] payload) {
        ReceiveBudget.Share held = share;
        share = null;
        inFlight.add(payload.length);
        sink.accept(new Incoming(payload, () -> {
            inFlight.release(payload.length);
            if (held != null) {
                held.release();
            }
        }));
    }

    private boolean isOpen() {
        return open && !ending.hasBegun();
    }

    private void pause() {
        paused = true;
        socket.pause();
    }

    /** Also runs when reading is not paused: room may be granted between the question and the pause. */
    private void resume() {
        if (!isOpen()) {
            return;
        }
        boolean wasPaused = paused;
        paused = false;
        frameBegunNanos = System.nanoTime();
        drain();
        if (isOpen() && wasPaused && !paused) {
            socket.resume();
        }
    }
}
