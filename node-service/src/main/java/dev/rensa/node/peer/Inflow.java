package dev.rensa.node.peer;

import dev.rensa.protocol.codec.MalformedException;
import dev.rensa.protocol.verdict.Rejection;
import dev.rensa.protocol.verdict.RejectionReason;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one peer sends, from bytes to whole frames. Reading pauses while too much of this peer's is in flight, and before a
 * long frame while all peers together hold too much. Belongs to the connection's event loop.
 */
final class Inflow implements FrameGate {

    /** Frames up to this length take nothing of the shared budget: the number in flight bounds them. */
    static final int SHORT_BYTES = 4_096;

    /** A long frame that has begun holds memory that others wait for, so it must come at this pace at least. */
    static final int MIN_BYTES_PER_SECOND = 256 * 1024;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Beside the transactions: type, count of bodies, and what stands before the last body. */
    private static final int BODIES_OVERHEAD = 1_024;

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
    private final int maxBodiesBytes;
    private final long graceNanos;
    private final Consumer<Incoming> sink;
    private final Consumer<Rejection> misbehaved;
    private final FrameBuffer frames = new FrameBuffer(this);

    private boolean open = true;
    private boolean paused;
    private ReceiveBudget.@Nullable Share share;
    private int shareBytes;
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
        this.maxBodiesBytes = MessageLimits.BODIES_FILL_BYTES + scope.config().maxBlockBytes() + BODIES_OVERHEAD;
        this.graceNanos = limits.silenceMillis() * 1_000_000L / 4;
        this.sink = sink;
        this.misbehaved = misbehaved;
    }

    /** From now on other frames than those of the handshake may come. */
    void endHandshake() {
        frames.endHandshake();
    }

    /** Whether this side reads nothing at present, so that silence says nothing of the peer. */
    boolean isPaused() {
        return paused;
    }

    /** Whether a long frame that has begun comes too slowly. */
    boolean isOverdue(long nowNanos) {
        return share != null
                && share.isGranted()
                && !paused
                && nowNanos - frameBegunNanos
                        > graceNanos + (long) shareBytes * NANOS_PER_SECOND / MIN_BYTES_PER_SECOND;
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
        if (type == FrameType.BODIES && length > maxBodiesBytes) {
            throw new MalformedException(
                    RejectionReason.SIZE_LIMIT,
                    "a frame of bodies declares " + length + " bytes; on this network its limit is " + maxBodiesBytes);
        }
        if (length > SHORT_BYTES) {
            if (share == null) {
                shareBytes = length;
                share = budget.ask(length, () -> context.runOnContext(_ -> resume()));
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
