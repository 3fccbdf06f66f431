package dev.rensa.node.peer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be sent to one peer, bounded in bytes. Safe for use by several threads; frames of one thread keep their
 * order.
 */
final class OutgoingQueue {

    private final NetSocket socket;
    private final long maximumBytes;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();

    /** When the peer last took something, or the queue began to fill. */
    private volatile long progressNanos = System.nanoTime();

    OutgoingQueue(NetSocket socket, long maximumBytes) {
        this.socket = socket;
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

    /** The same; {@code afterwards} runs on the event loop once the frame is written or lost. */
    boolean offer(byte[] frame, Runnable afterwards) {
        long queued = queuedBytes.addAndGet(frame.length);
        if (queued > maximumBytes) {
            queuedBytes.addAndGet(-frame.length);
            return false;
        }
        if (queued == frame.length) {
            progressNanos = System.nanoTime();
        }
        socket.write(Buffer.buffer(frame)).onComplete(written -> {
            queuedBytes.addAndGet(-frame.length);
            if (written.succeeded()) {
                sentBytes.addAndGet(frame.length);
                progressNanos = System.nanoTime();
            }
            afterwards.run();
        });
        return true;
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
