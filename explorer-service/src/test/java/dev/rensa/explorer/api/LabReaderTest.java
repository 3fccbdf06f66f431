package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.api.LabInfo.LabNodeInfo;
import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.lab.LabNode;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LabView.LinkFaultView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabReaderTest {

    private static final TestChain CHAIN = TestChain.start();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong nanos = new AtomicLong();
    private final TestWatch watch =
            new TestWatch(new FakeNode(1, CHAIN).withLab(), new FakeNode(2, CHAIN), new FakeNode(3, CHAIN).withLab());

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void shouldTellANodesLinksAlsoWhenItsNextStatusComesMeanwhile() {
        LabReader reader = readerOf(() -> {
            watch.tick();
            return new LabView(true, List.of());
        });

        LabInfo lab = reader.lab();

        assertThat(lab.present()).isTrue();
        assertThat(lab.nodes()).extracting(LabNodeInfo::name).containsExactly("node-1", "node-2", "node-3");
        assertThat(lab.nodes()).extracting(LabNodeInfo::links).containsExactly(List.of(), null, List.of());
    }

    @Test
    void shouldLetNobodyWaitWhileAnotherAsksASlowNode() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch slow = new CountDownLatch(1);
        LabReader reader = readerOf(() -> {
            // The first time both nodes answer at once.
            if (asked.incrementAndGet() > 2) {
                await(slow);
            }
            return new LabView(true, List.of());
        });
        LabInfo first = reader.lab();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        Future<LabInfo> waiting = threads.submit(reader::lab);
        Eventually.until("a node is asked again", () -> asked.get() > 2);
        assertThat(reader.lab()).isSameAs(first);

        reader.changed();
        Future<LabInfo> afterAnOrder = threads.submit(reader::lab);
        slow.countDown();
        assertThat(waiting.get()).isNotSameAs(first);
        assertThat(afterAnOrder.get()).isNotSameAs(first).isNotSameAs(waiting.get());
    }

    @Test
    void shouldShowNoLinkWithoutANodesKey() {
        LabReader reader =
                readerOf(() -> new LabView(true, Arrays.asList(null, link(null), link("ab"), link("00".repeat(32)))));

        List<LinkFaultView> links = reader.lab().nodes().getFirst().links();

        assertThat(links).containsExactly(link("00".repeat(32)));
        assertThat(readerOf(() -> new LabView(true, null))
                        .lab()
                        .nodes()
                        .getFirst()
                        .links())
                .isNull();
    }

    private static LinkFaultView link(@Nullable String key) {
        return new LinkFaultView(key, true, 0, 0, 0, 1, null);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private LabReader readerOf(Answer answer) {
        return new LabReader(new LabOrders(watch.directory(), _ -> new AskedNode(answer), threads), nanos::get);
    }

    private interface Answer {
        LabView give();
    }

    /** A node that is asked for its lab and told nothing. */
    private record AskedNode(Answer answer) implements LabNode {

        @Override
        public LabView lab() {
            return answer.give();
        }

        @Override
        public LabView disturb(LinkFaultRequest fault) {
            throw new AssertionError("nothing is to be disturbed");
        }

        @Override
        public LabView heal(String nodeKey) {
            throw new AssertionError("nothing is to be healed");
        }

        @Override
        public LabView healAll() {
            throw new AssertionError("nothing is to be healed");
        }

        @Override
        public void startMining() {
            throw new AssertionError("miners are left alone");
        }

        @Override
        public void stopMining(Optional<Long> forSeconds) {
            throw new AssertionError("miners are left alone");
        }

        @Override
        public MinedView mine(MineRequest wish) {
            throw new AssertionError("miners are left alone");
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
