package dev.rensa.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.node.api.EventFeed.Sent;
import dev.rensa.node.chain.ChainHead;
import dev.rensa.protocol.api.NodeEvent;
import dev.rensa.protocol.verdict.RejectionReason;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells events to whoever listens. Publishing costs the writer one insertion into a queue, and only while somebody wants
 * that type of event; a thread of its own writes each event once into a buffer that all clients read, each at its own pace.
 * A client that comes back with the id of the last event it saw goes on behind it; where that cannot be, a {@code gap} event
 * tells so.
 */
@ApplicationScoped
public class EventStream {

    /** Publications that may wait for the thread that writes them. */
    private static final int MAX_WAITING = 65_536;

    /** Publications that are written before clients are looked at again. */
    private static final int MAX_TOGETHER = 1_000;

    /** How often idle clients and types that nobody wants any more are looked at. */
    private static final long TICK_MILLIS = 500;

    private static final Logger LOG = Logger.getLogger(EventStream.class);

    /** Events of one type that are made once somebody is there to write them. */
    private record Publication(EventType type, Supplier<? extends List<? extends NodeEvent>> events) {}

    private final ObjectMapper json;
    private final EventLimits limits;
    private final InstantSource clock;
    private final EventIds ids;
    private final BlockingQueue<Publication> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean overloaded = new AtomicBoolean();
    private final AtomicLong cut = new AtomicLong();
    private final List<EventFeed> feeds = new CopyOnWriteArrayList<>();
    private final Thread writer;

    /** Touched by {@link #writer} alone. */
    private long tickedMillis;

    /** The lock of all that follows. */
    private final Object lock = new Object();

    private final EventBuffer buffer;
    private final Map<EventType, Long> leftMillis = new EnumMap<>(EventType.class);

    private volatile Set<EventType> wanted = Set.of();
    private volatile @Nullable Supplier<ChainHead> head;

    public EventStream(ObjectMapper json, EventLimits limits, InstantSource clock) {
        this.json = json;
        this.limits = limits;
        this.clock = clock;
        this.tickedMillis = clock.millis();
        this.ids = new EventIds(tickedMillis);
        this.buffer = new EventBuffer(limits.bufferEvents(), limits.bufferBytes());
        this.writer = Thread.ofPlatform().name("rensa-events").daemon().unstarted(this::write);
        writer.start();
    }

    /** Where {@code gap} events learn where the chain stands. */
    public void watch(Supplier<ChainHead> newHead) {
        head = newHead;
    }

    /** Whether anybody listens to events of a type, or may come back to. From any thread. */
    public boolean wants(EventType type) {
        return wanted.contains(type);
    }

    /**
     * Tells an event. From any thread; never waits.
     *
     * @param event called later on another thread, and not at all if nobody wants it
     */
    public void publish(EventType type, Supplier<NodeEvent> event) {
        publishAll(type, () -> List.of(event.get()));
    }

    /** Tells events that belong together, such as those of one block. */
    public void publishAll(EventType type, Supplier<? extends List<? extends NodeEvent>> events) {
        if (wants(type) && !waiting.offer(new Publication(type, events))) {
            overloaded.set(true);
        }
    }

    /** How many listen. */
    public int clientCount() {
        return feeds.size();
    }

    /** How many clients were cut off since the start, since they took nothing or lagged too far behind. */
    public long clientsDropped() {
        return cut.get();
    }

    /**
     * Opens a stream: everything behind an event, or everything from now on.
     *
     * @param lastId the id of the last event that the client saw
     * @param disconnect cuts the connection to a client that takes nothing
     */
    Flow.Publisher<Sent> listen(Set<EventType> types, Optional<String> lastId, Runnable disconnect) {
        if (feeds.size() >= limits.maxClients()) {
            throw new ProblemException(
                    RejectionReason.NOT_READY,
                    "as many clients listen as may: rensa.api.max-event-clients is " + limits.maxClients());
        }
        return subscriber -> {
            EventFeed feed = new EventFeed(types, subscriber, this::next, disconnect, this::left, clock.millis());
            synchronized (lock) {
                place(feed, lastId);
                buffer.keep(types);
                wanted = buffer.kept();
                feeds.add(feed);
            }
            subscriber.onSubscribe(feed);
        };
    }

    void stop(@Observes ShutdownEvent event) {
        feeds.forEach(EventFeed::end);
        writer.interrupt();
    }

    private void place(EventFeed feed, Optional<String> lastId) {
        feed.next = buffer.next();
        if (lastId.isEmpty()) {
            return;
        }
        EventIds.Position position = ids.parse(lastId.get());
        if (position.isOfThisStart() && buffer.reachesBackTo(position.number() + 1, feed.types)) {
            feed.next = position.number() + 1;
        } else {
            feed.gap = position.isOfThisStart() ? "too-old" : position.reason();
        }
    }

    /** What a client gets next; none if it has all there is. */
    private @Nullable Sent next(EventFeed feed) {
        synchronized (lock) {
            if (feed.gap != null) {
                String reason = feed.gap;
                feed.gap = null;
                feed.greet = false;
                return served(feed, new Sent(ids.of(feed.next - 1), "gap", gap(reason), false));
            }
            while (feed.next < buffer.next()) {
                if (feed.next < buffer.first()) {
                    cut.incrementAndGet();
                    return served(feed, new Sent(ids.of(buffer.next() - 1), "gap", gap("too-slow"), true));
                }
                EventBuffer.Entry entry = buffer.get(feed.next++);
                if (entry.type() == null || feed.types.contains(entry.type())) {
                    feed.greet = false;
                    return served(feed, new Sent(ids.of(entry.number()), entry.name(), entry.json(), false));
                }
            }
            if (feed.greet) {
                feed.greet = false;
                return served(feed, new Sent(ids.of(feed.next - 1), null, "events follow", false));
            }
            return null;
        }
    }

    private Sent served(EventFeed feed, Sent sent) {
        feed.served(clock.millis());
        return sent;
    }

    private String gap(String reason) {
        Supplier<ChainHead> source = head;
        ChainHead now = source == null ? null : source.get();
        return text(new NodeEvent.Gap(
                clock.millis(),
                reason,
                now == null ? null : now.height(),
                now == null ? null : now.hash().toHex()));
    }

    /** Some client left: from now on its types may be ones that nobody wants. */
    private void left() {
        synchronized (lock) {
            List<EventFeed> gone = feeds.stream().filter(EventFeed::hasEnded).toList();
            feeds.removeAll(gone);
            gone.forEach(feed -> feed.types.forEach(type -> leftMillis.put(type, clock.millis())));
        }
    }

    private void write() {
        try {
            List<Publication> batch = new ArrayList<>();
            while (!Thread.currentThread().isInterrupted()) {
                Publication first = waiting.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MAX_TOGETHER);
                    batch.forEach(this::write);
                    batch.clear();
                }
                if (overloaded.getAndSet(false)) {
                    add(null, "gap", gap("overload"));
                }
                feeds.forEach(EventFeed::pump);
                if (Math.abs(clock.millis() - tickedMillis) >= TICK_MILLIS) {
                    tickedMillis = clock.millis();
                    tick(tickedMillis);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Publication publication) {
        try {
            publication.events().get().forEach(event -> add(publication.type(), event.name(), text(event)));
        } catch (RuntimeException e) {
            LOG.error("An event cannot be told; clients are told of a gap", e);
            overloaded.set(true);
        }
    }

    private void add(@Nullable EventType type, String name, String text) {
        boolean muchWaits;
        synchronized (lock) {
            muchWaits = buffer.add(type, name, text);
        }
        if (muchWaits) {
            // A burst must not push out what a quick client would have taken.
            feeds.forEach(EventFeed::pump);
        }
    }

    private void tick(long nowMillis) {
        for (EventFeed feed : feeds) {
            boolean silent = nowMillis - feed.servedMillis() >= limits.keepAliveMillis();
            if (silent && feed.wantsMore()) {
                synchronized (lock) {
                    feed.greet = true;
                }
                feed.pump();
            } else if (silent) {
                cut.incrementAndGet();
                feed.cut();
            }
        }
        synchronized (lock) {
            for (EventType type : buffer.kept()) {
                boolean listened = feeds.stream().anyMatch(feed -> feed.types.contains(type));
                if (!listened && nowMillis - leftMillis.getOrDefault(type, 0L) >= limits.resumeMillis()) {
                    buffer.keepNoMore(type);
                }
            }
            wanted = buffer.kept();
        }
    }

    private String text(NodeEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is always JSON", e);
        }
    }
}
