package dev.rensa.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.node.api.EventFeed.Sent;
import dev.rensa.protocol.api.NodeEvent;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients get who are quick, slow, stuck, or come back. The clock stands still unless a test moves it. */
class EventStreamTest {

    private static final long BOUND_SECONDS = 20;
    private static final Set<EventType> PEERS = EnumSet.of(EventType.PEER);
    private static final EventLimits LIMITS = new EventLimits(3, 10, 100_000, 60_000, 15_000);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final EventStream stream = new EventStream(new ObjectMapper(), LIMITS, clock);
    private final AtomicInteger disconnected = new AtomicInteger();

    @AfterEach
    void stopStream() {
        stream.stop(new ShutdownEvent());
    }

    @Test
    void shouldTellEachEventOnceInOrder() {
        Client client = connect(PEERS, Optional.empty(), Long.MAX_VALUE);

        tell(1, 20);

        await(() -> client.events().size() == 20);
        assertThat(client.events()).extracting(Sent::id).first().isEqualTo("1000000-1");
        assertThat(client.events()).extracting(Sent::id).last().isEqualTo("1000000-20");
    }

    @Test
    void shouldGoOnBehindTheLastEventSeen() {
        Client first = connect(PEERS, Optional.empty(), Long.MAX_VALUE);
        tell(1, 3);
        await(() -> first.events().size() == 3);
        first.subscription.cancel();
        tell(4, 8);

        Client again = connect(PEERS, Optional.of(first.sent.getLast().id()), Long.MAX_VALUE);
        tell(9, 10);

        await(() -> again.events().size() == 7);
        assertThat(again.events()).extracting(Sent::id).first().isEqualTo("1000000-4");
        assertThat(again.events()).extracting(Sent::name).containsOnly("peer");
    }

    @Test
    void shouldTellOfAGapWhatTheBufferDoesNotHoldAnyMore() {
        Client first = connect(PEERS, Optional.empty(), Long.MAX_VALUE);
        tell(1, 30);
        await(() -> first.events().size() == 30);

        Client late = connect(PEERS, Optional.of("1000000-10"), Long.MAX_VALUE);
        Client inTime = connect(PEERS, Optional.of("1000000-20"), Long.MAX_VALUE);

        await(() -> late.events().size() == 1 && inTime.events().size() == 10);
        assertThat(late.events().getFirst().text()).contains("\"reason\":\"too-old\"");
        assertThat(late.events().getFirst().id()).isEqualTo("1000000-30");
    }

    @Test
    void shouldTellOfAGapWhereATypeWasNotKept() {
        Client peers = connect(PEERS, Optional.empty(), Long.MAX_VALUE);
        tell(1, 2);
        await(() -> peers.events().size() == 2);

        Client both = connect(EnumSet.of(EventType.PEER, EventType.BLOCK), Optional.of("1000000-1"), Long.MAX_VALUE);

        await(() -> both.events().size() == 1);
        assertThat(both.events().getFirst().name()).isEqualTo("gap");
    }

    @Test
    void shouldKeepNothingThatNobodyWants() {
        tell(1, 3);
        Client client = connect(PEERS, Optional.empty(), Long.MAX_VALUE);
        assertThat(stream.wants(EventType.PEER)).isTrue();
        assertThat(stream.wants(EventType.BLOCK)).isFalse();
        client.subscription.cancel();
        now.addAndGet(LIMITS.resumeMillis() - 1);
        assertThat(stream.wants(EventType.PEER)).isTrue();

        now.addAndGet(1_000);

        await(() -> !stream.wants(EventType.PEER));
        assertThat(stream.clientCount()).isZero();
    }

    @Test
    void shouldEndTheStreamOfAClientThatLagsTooFarBehind() {
        Client slow = connect(PEERS, Optional.empty(), 2);
        Client quick = connect(PEERS, Optional.empty(), Long.MAX_VALUE);
        tell(1, 40);
        await(() -> quick.events().size() == 40);

        slow.subscription.request(5);

        await(() -> slow.completed);
        assertThat(slow.events().getLast().text()).contains("\"reason\":\"too-slow\"");
        assertThat(stream.clientsDropped()).isEqualTo(1);
        assertThat(stream.clientCount()).isEqualTo(1);
    }

    @Test
    void shouldKeepASilentClientAliveAndCutAStuckOne() {
        Client idle = connect(PEERS, Optional.empty(), Long.MAX_VALUE);
        connect(PEERS, Optional.empty(), 1);
        await(() -> idle.sent.size() == 1);

        now.addAndGet(LIMITS.keepAliveMillis());

        await(() -> idle.sent.size() == 2 && disconnected.get() == 1);
        assertThat(idle.sent.getLast().name()).isNull();
        assertThat(stream.clientCount()).isEqualTo(1);
    }

    @Test
    void shouldRefuseMoreClientsThanTheLimit() {
        for (int i = 0; i < LIMITS.maxClients(); i++) {
            connect(PEERS, Optional.empty(), 1);
        }

        assertThatThrownBy(() -> stream.listen(PEERS, Optional.empty(), () -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("rensa.api.max-event-clients is 3");
    }

    @Test
    void shouldTellOfAnEventThatCannotBeMade() {
        Client client = connect(PEERS, Optional.empty(), Long.MAX_VALUE);

        stream.publish(EventType.PEER, () -> {
            throw new IllegalStateException("a mistake");
        });
        tell(1, 1);

        await(() -> client.events().size() == 2);
        assertThat(client.events()).extracting(Sent::name).containsExactlyInAnyOrder("gap", "peer");
    }

    private void tell(int from, int to) {
        for (int i = from; i <= to; i++) {
            String key = "peer " + i;
            stream.publish(EventType.PEER, () -> new NodeEvent.PeerChanged(1, key, "address", "connected", null));
        }
    }

    private Client connect(Set<EventType> types, Optional<String> lastId, long demand) {
        Client client = new Client(demand);
        stream.listen(types, lastId, disconnected::incrementAndGet).subscribe(client);
        return client;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static final class Client implements Flow.Subscriber<Sent> {
        final List<Sent> sent = new CopyOnWriteArrayList<>();
        final long demand;
        Flow.Subscription subscription;
        volatile boolean completed;

        Client(long demand) {
            this.demand = demand;
        }

        /** Without comments. */
        List<Sent> events() {
            return sent.stream().filter(one -> one.name() != null).toList();
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(demand);
        }

        @Override
        public void onNext(Sent item) {
            sent.add(item);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
