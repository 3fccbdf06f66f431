package dev.rensa.node.peer;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be sent to one peer, bounded in bytes, alone and together with what waits for all others. Safe for use by
 * several threads; frames of one thread keep their order.
 */
final class OutgoingQueue {

    /** Frames up to this length are taken although the shared budget is used up: greetings, pings, goodbyes, tips. */
    private static final int SHORT_BYTES = 4_096;

    /** Longer frames are written in pieces of this length, so that a slow peer is seen to take them. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final NetSocket socket;
    private final long maximumBytes;
    private final SendBudget budget;
    private final Traffic traffic;

    /** Held while a frame's pieces are handed to the socket, which keeps the order in which it is called. */
    private final Object writing = new Object();

    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();

    /** When the peer last took something, or the queue began to fill. */
    private volatile long progressNanos = System.nanoTime();

    OutgoingQueue(NetSocket socket, long maximumBytes, SendBudget budget, Traffic traffic) {
        this.socket = socket;
        this.budget = budget;
        this.traffic = traffic;
        this.maximumBytes = maximumBytes;
    }

    /**
     * Queues a frame.
     *
     * @return false if the queue is too full for it
     */
    boolean offer(byte[] frame) {
        return offer(frame, () -> {});
    }

    /** The same for what a peer asked for, of which less may wait in all. */
    boolean offerAnswer(byte[] frame) {
        return (frame.length <= SHORT_BYTES || budget.hasRoomForAnswers()) && offer(frame);
    }

    /** The same; {@code afterwards} runs on the event loop once the frame is written or lost. */
    boolean offer(byte[] frame, Runnable afterwards) {
        if (frame.length > SHORT_BYTES && budget.isFull()) {
            return false;
        }
        long queued = queuedBytes.addAndGet(frame.length);
        if (queued > maximumBytes) {
            queuedBytes.addAndGet(-frame.length);
            return false;
        }
        budget.add(frame.length);
        if (queued == frame.length) {
            progressNanos = System.nanoTime();
        }
        write(frame, afterwards);
        return true;
    }

    private void write(byte[] frame, Runnable afterwards) {
        Buffer whole = Buffer.buffer(frame);
        synchronized (writing) {
            for (int from = 0; from < frame.length; from += PIECE_BYTES) {
                int to = Math.min(frame.length, from + PIECE_BYTES);
                int bytes = to - from;
                boolean last = to == frame.length;
                socket.write(whole.slice(from, to)).onComplete(written -> {
                    ended(bytes, written.succeeded());
                    if (last && written.succeeded()) {
                        traffic.sent(frame);
                    }
                    if (last) {
                        afterwards.run();
                    }
                });
            }
        }
    }

    private void ended(int bytes, boolean written) {
        queuedBytes.addAndGet(-bytes);
        budget.remove(bytes);
        if (written) {
            sentBytes.addAndGet(bytes);
            progressNanos = System.nanoTime();
        }
    }

    /** Closes the socket over what waits; to close it in order comes behind all of that, and a peer may never take it. */
    void abandon() {
        ChannelHandlerContext first = ((NetSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .pipeline()
                .firstContext();
        // There is none once the socket is closed.
        if (first != null) {
            var _ = first.close();
        }
    }

    /** Whether an answer may be made: neither this peer nor all together have left too much untaken. */
    boolean hasRoom() {
        return queuedBytes.get() <= maximumBytes / 4 && budget.hasRoomForAnswers();
    }

    /** Whether all peers together have left so much untaken that none of them is answered. */
    boolean isCrowded() {
        return !budget.hasRoomForAnswers();
    }

    long queuedBytes() {
        return queuedBytes.get();
    }

    long sentBytes() {
        return sentBytes.get();
    }

    /** How long the peer has taken nothing although something waits; 0 when nothing waits. */
    long stalledNanos(long nowNanos) {
        return queuedBytes.get() == 0 ? 0 : nowNanos - progressNanos;
    }
}
