package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.api.LabInfo.LabNodeInfo;
import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.lab.LabNode;
import dev.rensa.explorer.lab.LabOrders;
import dev.rensa.protocol.api.LabView;
import dev.rensa.protocol.api.LinkFaultRequest;
import dev.rensa.protocol.api.MineRequest;
import dev.rensa.protocol.api.MinedView;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabReaderTest {

    private static final TestChain CHAIN = TestChain.start();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TestWatch watch = new TestWatch(
            new FakeNode(1, CHAIN).withLab(), new FakeNode(2, CHAIN), new FakeNode(3, CHAIN).withLab());

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

    private LabReader readerOf(Answer answer) {
        return new LabReader(new LabOrders(watch.directory(), _ -> new AskedNode(answer), threads));
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
        public void stopMining() {
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
