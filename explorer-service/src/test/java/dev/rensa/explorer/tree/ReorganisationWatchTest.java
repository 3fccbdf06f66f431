package dev.rensa.explorer.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.api.NodeEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReorganisationWatchTest {

    private static final TestChain TRUNK = TestChain.start().withEmpty(10);
    private static final TestChain LEFT = TRUNK.withEmpty(2);
    private static final TestChain RIGHT = TRUNK.withEmpty(4, TestNetwork.BOB.publicKey());

    @Test
    void shouldFindByPollingThatANodeLeftItsBranch() {
        FakeNode node = new FakeNode(1, LEFT);
        TestWatch watch = new TestWatch(node);

        node.have(RIGHT);
        watch.tick().tick();

        assertThat(watch.reorganisations())
                .containsExactly(new Reorganisation(
                        TestNetwork.HASH,
                        node.key(),
                        "node-1",
                        watch.now() - 1_000,
                        TRUNK.tip().hash(),
                        10,
                        LEFT.tip().hash(),
                        RIGHT.tip().hash(),
                        14,
                        2,
                        null));
    }

    @Test
    void shouldNotCallGrowthAReorganisation() {
        FakeNode node = new FakeNode(1, TRUNK);
        TestWatch watch = new TestWatch(node);

        node.have(LEFT);
        watch.tick();
        node.have(LEFT.withEmpty(5));
        watch.tick();

        assertThat(watch.reorganisations()).isEmpty();
    }

    @Test
    void shouldTakeWhatTheNodeTells() {
        List<Reorganisation> found = new ArrayList<>();
        FakeNode node = new FakeNode(1, RIGHT);
        NodeView view = new TestWatch(node).directory().views().getFirst();

        new ReorganisationWatch(TestWatchTree::empty, found::add).reorganised(view, event());

        assertThat(found).singleElement().satisfies(change -> {
            assertThat(change.fromHeight()).isEqualTo(12);
            assertThat(change.toHeight()).isEqualTo(14);
            assertThat(change.depth()).isEqualTo(2);
            assertThat(change.returned()).isEqualTo(3);
        });
    }

    @Test
    void shouldTellAChangeOnceWhenItsEventComesLate() {
        FakeNode node = new FakeNode(1, LEFT);
        TestWatch watch = new TestWatch(node);
        List<Reorganisation> found = new ArrayList<>();
        ReorganisationWatch reorganisations = new ReorganisationWatch(watch.tree()::snapshot, found::add);
        NodeView before = watch.directory().views().getFirst();
        node.have(RIGHT);
        NodeView after = watch.tick().directory().views().getFirst();

        reorganisations.seen(after, before, node);
        reorganisations.reorganised(after, event());
        reorganisations.reorganised(after, event());

        // The second event is another change: the node had gone back in between.
        assertThat(found).hasSize(2);
    }

    @Test
    void shouldPassOverAnEventThatIsMalformed() {
        List<Reorganisation> found = new ArrayList<>();
        NodeView view =
                new TestWatch(new FakeNode(1, RIGHT)).directory().views().getFirst();
        ReorganisationWatch watch = new ReorganisationWatch(TestWatchTree::empty, found::add);

        watch.reorganised(view, new NodeEvent.Reorganisation(5, 10, "zz", List.of("a"), List.of("b"), 0));
        watch.reorganised(view, new NodeEvent.Reorganisation(5, 10, null, List.of("a"), List.of("b"), 0));
        watch.reorganised(view, new NodeEvent.Reorganisation(5, 10, "zz", List.of(), List.of(), 0));

        assertThat(found).isEmpty();
    }

    @Test
    void shouldTellWhenTheNodesSplitAndAgreeAgain() {
        FakeNode one = new FakeNode(1, LEFT);
        FakeNode other = new FakeNode(2, LEFT);
        TestWatch watch = new TestWatch(one, other);

        other.have(RIGHT);
        watch.tick();
        one.have(RIGHT);
        watch.tick();
        other.stop();
        watch.tick();

        assertThat(watch.notes())
                .containsExactly("agreement ONE", "block 14", "agreement SPLIT", "agreement ONE", "lost node-2");
    }

    private static NodeEvent.Reorganisation event() {
        return new NodeEvent.Reorganisation(
                77,
                10,
                TRUNK.tip().hash().toHex(),
                List.of(LEFT.at(12).hash().toHex(), LEFT.at(11).hash().toHex()),
                List.of(
                        RIGHT.at(11).hash().toHex(),
                        RIGHT.at(12).hash().toHex(),
                        RIGHT.at(13).hash().toHex(),
                        RIGHT.at(14).hash().toHex()),
                3);
    }

    private static final class TestWatchTree {
        static TreeSnapshot empty() {
            return new TreeSnapshot(List.of(), 0);
        }
    }
}
