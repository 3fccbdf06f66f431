package dev.rensa.explorer.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeKeeperTest {

    private static final TestChain TRUNK = TestChain.start().withEmpty(10);

    @Test
    void shouldHoldTheBlocksOfEveryNodesChain() {
        TestChain left = TRUNK.withEmpty(2);
        TestChain right = TRUNK.withEmpty(3, TestNetwork.BOB.publicKey());

        TreeSnapshot tree = new TestWatch(new FakeNode(1, left), new FakeNode(2, right))
                .tree()
                .snapshot();

        assertThat(tree.blocks()).hasSize(11 + 2 + 3);
        assertThat(tree.block(left.tip().hash()).orElseThrow().work()).isEqualTo(left.work());
        assertThat(tree.block(TRUNK.at(4).hash()).orElseThrow().work())
                .isEqualTo(TRUNK.upTo(4).work());
        assertThat(tree.lastCommon(left.tip().hash(), right.tip().hash())
                        .orElseThrow()
                        .hash())
                .isEqualTo(TRUNK.tip().hash());
    }

    @Test
    void shouldFetchABlockThatItKnowsNoSecondTime() {
        FakeNode first = new FakeNode(1, TRUNK);
        FakeNode second = new FakeNode(2, TRUNK);

        new TestWatch(first, second).tick().tick();

        assertThat(first.blocksAsked() + second.blocksAsked()).isEqualTo(11);
    }

    @Test
    void shouldFillTheGapWhenANodeHasGoneAheadUnseen() {
        FakeNode node = new FakeNode(1, TRUNK);
        TestWatch watch = new TestWatch(node);

        node.have(TRUNK.withEmpty(7));
        watch.tick();

        assertThat(watch.tree().snapshot().blocks()).hasSize(18);
    }

    @Test
    void shouldForgetWhatLiesBelowTheWindow() {
        TreeSnapshot tree =
                new TestWatch(new FakeNode(1, TRUNK.withEmpty(300))).tree().snapshot();

        assertThat(tree.lowestHeight()).isEqualTo(310 - BlockTree.WINDOW_HEIGHTS);
        assertThat(tree.blocks()).hasSize(BlockTree.WINDOW_HEIGHTS + 1);
    }

    @Test
    void shouldNoteWhoHadABlockFirst() {
        FakeNode first = new FakeNode(1, TRUNK);
        FakeNode second = new FakeNode(2, TRUNK);
        TestWatch watch = new TestWatch(first, second);
        TestChain more = TRUNK.withEmpty(1);

        first.have(more);
        long firstMillis = watch.tick().now();
        second.have(more);
        long secondMillis = watch.tick().now();

        TreeBlock block = watch.tree().snapshot().block(more.tip().hash()).orElseThrow();
        assertThat(block.firstSeen()).contains(Map.entry(first.key(), firstMillis));
        assertThat(block.arrivals()).containsEntry(second.key(), secondMillis);
    }

    @Test
    void shouldNotClaimToHaveSeenABlockArriveThatWasThereBefore() {
        TreeSnapshot tree = new TestWatch(new FakeNode(1, TRUNK)).tick().tree().snapshot();

        assertThat(tree.block(TRUNK.tip().hash()).orElseThrow().firstSeen()).isEmpty();
    }

    @Test
    void shouldBeginAnewWithANetworkThatWasReset() {
        FakeNode node = new FakeNode(1, TestChain.start().withEmpty(300));
        TestWatch watch = new TestWatch(node);
        assertThat(watch.tree().snapshot().lowestHeight()).isEqualTo(100);
        TestChain reset = TestChain.start().withEmpty(2, TestNetwork.BOB.publicKey());

        node.have(reset);
        watch.tick();

        assertThat(watch.tree().snapshot().block(reset.tip().hash())).isPresent();
        assertThat(watch.tree().snapshot().blocks()).hasSize(3);
    }

    @Test
    void shouldRememberWhoHadABlockWhen() {
        FakeNode node = new FakeNode(1, TestChain.start().withEmpty(3));
        TestWatch before = new TestWatch(node);
        node.have(node.chain().withEmpty(1));
        before.tick();
        TreeBlock seen = before.tree().snapshot().blocks().getFirst();
        assertThat(seen.arrivals()).hasSize(1);

        TreeKeeper tree = new TreeKeeper(
                before.directory(), (_, _) -> before.tree().snapshot().blocks(), before::now, TreeListener.NONE);
        tree.seen(before.directory().views().getFirst(), null, node);

        assertThat(tree.snapshot().blocks().getFirst()).isEqualTo(seen);
    }

    @Test
    void shouldLeaveOutTheBlocksOfAnotherNetwork() {
        var stranger = TestNetwork.genesis("Another network");
        FakeNode ours = new FakeNode(1, TRUNK);
        FakeNode theirs = new FakeNode(2, TestChain.start(stranger).withEmpty(50), stranger);

        TestWatch watch = new TestWatch(ours, theirs).tick();

        assertThat(watch.tree().snapshot().blocks()).hasSize(11);
        assertThat(watch.directory().reachable()).hasSize(1);
        assertThat(watch.directory().views()).hasSize(2);
    }
}
