package dev.rensa.node.api;

import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client of the event stream: it reads the common buffer at its own pace, so however slow it is, it takes no memory.
 * Events are handed over by whichever thread finds both an event and demand, one at a time.
 */
final class EventFeed implements Flow.Subscription {

    /**
     * What goes to a client.
     *
     * @param name none for a comment that keeps the connection alive and tells the id
     * @param last whether the stream ends with it
     */
    record Sent(String id, @Nullable String name, String text, boolean last) {}

    /** Only touched under the stream's lock: the number of the event that comes next. */
    long next;

    /** Only touched under the stream's lock: what to say before anything else. */
    @Nullable
    String gap;

    /** Only touched under the stream's lock: whether to tell the id at the next occasion. */
    boolean greet = true;

    final Set<EventType> types;

    private final Flow.Subscriber<? super Sent> subscriber;
    private final Function<EventFeed, @Nullable Sent> source;
    private final Runnable disconnect;
    private final Runnable onEnd;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger pumping = new AtomicInteger();
    private volatile boolean ended;
    private volatile long servedMillis;

    EventFeed(
            Set<EventType> types,
            Flow.Subscriber<? super Sent> subscriber,
            Function<EventFeed, @Nullable Sent> source,
            Runnable disconnect,
            Runnable onEnd,
            long nowMillis) {
        this.types = types;
        this.subscriber = subscriber;
        this.source = source;
        this.disconnect = disconnect;
        this.onEnd = onEnd;
        this.servedMillis = nowMillis;
    }

    @Override
    public void request(long count) {
        demand.accumulateAndGet(count, (present, more) -> present + more < 0 ? Long.MAX_VALUE : present + more);
        pump();
    }

    @Override
    public void cancel() {
        if (!ended) {
            ended = true;
            onEnd.run();
        }
    }

    /** Hands over what there is, as far as the client asks for it. */
    void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int rounds = 1;
        do {
            while (!ended && demand.get() > 0) {
                Sent sent = source.apply(this);
                if (sent == null) {
                    break;
                }
                demand.decrementAndGet();
                subscriber.onNext(sent);
                if (sent.last()) {
                    end();
                }
            }
            rounds = pumping.addAndGet(-rounds);
        } while (rounds != 0);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether the client has taken all that it was given and wants more. */
    boolean wantsMore() {
        return demand.get() > 0;
    }

    /** When it was last given something, in milliseconds. */
    long servedMillis() {
        return servedMillis;
    }

    void served(long nowMillis) {
        servedMillis = nowMillis;
    }

    /** Ends the stream; what the client has not taken it gets no more. */
    void end() {
        if (!ended) {
            cancel();
            subscriber.onComplete();
        }
    }

    /** Cuts the connection to a client that takes nothing. */
    void cut() {
        cancel();
        disconnect.run();
    }
}
