package dev.rensa.node.lab;

import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.MessageCodec;
import dev.rensa.node.peer.PeerInfo;
import dev.rensa.node.peer.PeerLink;
import dev.rensa.node.peer.Timers;
import dev.rensa.protocol.verdict.Rejection;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A link that holds messages back, and does not send all of them. Messages keep their order, as on any connection.
 *
 * <p>A connection loses no message, so a lost one is one that is not sent. Most are refused, as a full link refuses them, and
 * the node finds another way: it tells its tip again, asks again, answers later. Questions for transactions vanish instead:
 * the node believes that they were asked, and learns better by its time-outs. Other questions and answers cannot vanish,
 * because whoever waits for answers in order would take the next for the one that is missing.
 *
 * <p>Safe for use by several threads.
 */
final class FaultyLink implements PeerLink {

    /** Bytes that one link holds back; a message that is longer is held alone. */
    static final long MAX_HELD_BYTES = 8L << 20;

    /** Messages of few bytes take memory too. */
    static final int MAX_HELD_MESSAGES = 8_192;

    /** Pause before a full link is tried again. */
    static final long RETRY_MILLIS = 50;

    private static final int PERCENT = 100;

    private record Held(Message message, long bytes, long dueMillis) {}

    private final PeerLink link;
    private final InstantSource clock;
    private final Timers timers;
    private final LongFunction<RandomGenerator> randomness;
    private final HeldBytes allHeld;

    private final Deque<Held> held = new ArrayDeque<>();
    private LinkFault fault = LinkFault.NONE;
    private @Nullable RandomGenerator random;
    private long heldBytes;
    private boolean waking;
    private boolean gone;

    FaultyLink(
            PeerLink link,
            InstantSource clock,
            Timers timers,
            LongFunction<RandomGenerator> randomness,
            HeldBytes allHeld) {
        this.link = link;
        this.clock = clock;
        this.timers = timers;
        this.randomness = randomness;
        this.allHeld = allHeld;
    }

    /** From now on; what is held back goes at once if nothing delays it any more. */
    synchronized void suffer(LinkFault newFault) {
        fault = newFault;
        random = newFault.isNone() ? null : randomness.apply(newFault.seed() ^ key().hashCode());
        if (!newFault.delays()) {
            release(Long.MAX_VALUE);
        }
    }

    /** The connection has ended: nothing is held for nobody. */
    synchronized void end() {
        gone = true;
        held.clear();
        allHeld.release(heldBytes);
        heldBytes = 0;
    }

    @Override
    public synchronized boolean send(Message message) {
        RandomGenerator draws = random;
        if (draws != null && draws.nextInt(PERCENT) < fault.lossPercent()) {
            return vanishes(message);
        }
        if (held.isEmpty() && (draws == null || !fault.delays())) {
            return link.send(message);
        }
        return hold(message, draws);
    }

    private static boolean vanishes(Message message) {
        return message instanceof Message.GetTransactions || message instanceof Message.GetBlockTransactions;
    }

    private boolean hold(Message message, @Nullable RandomGenerator draws) {
        long bytes = MessageCodec.expectedBytes(message);
        boolean room = held.isEmpty() || (heldBytes + bytes <= MAX_HELD_BYTES && held.size() < MAX_HELD_MESSAGES);
        if (gone || !room || !allHeld.take(bytes)) {
            return false;
        }
        long jitter = draws == null ? 0 : draws.nextLong(fault.jitterMillis() + 1L);
        long due = clock.millis() + fault.delayMillis() + jitter;
        held.add(new Held(message, bytes, held.isEmpty() ? due : Math.max(due, held.getLast().dueMillis)));
        heldBytes += bytes;
        wake();
        return true;
    }

    /** Sends what is due. What a full link does not take stays in front: what was promised to be sent is not lost. */
    private void release(long nowMillis) {
        while (!held.isEmpty() && held.element().dueMillis <= nowMillis && link.send(held.element().message)) {
            long bytes = held.remove().bytes;
            heldBytes -= bytes;
            allHeld.release(bytes);
        }
        wake();
    }

    private void wake() {
        if (!waking && !held.isEmpty()) {
            waking = true;
            // A clock that is set back must not hold messages for longer than any fault does.
            long wait = Math.min(held.element().dueMillis - clock.millis(), 2L * LinkFault.MAX_DELAY_MILLIS);
            timers.after(wait > 0 ? wait : RETRY_MILLIS, this::woken);
        }
    }

    private synchronized void woken() {
        waking = false;
        release(fault.delays() ? clock.millis() : Long.MAX_VALUE);
    }

    @Override
    public PeerInfo info() {
        return link.info();
    }

    @Override
    public long queuedBytes() {
        return link.queuedBytes();
    }

    @Override
    public boolean hasRoomForAnswers() {
        return link.hasRoomForAnswers();
    }

    @Override
    public boolean isPaused() {
        return link.isPaused();
    }

    @Override
    public void disconnect(Rejection rejection) {
        link.disconnect(rejection);
    }

    @Override
    public void penalise(int points, Rejection rejection) {
        link.penalise(points, rejection);
    }
}
