package dev.rensa.explorer.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.FakeNode;
import dev.rensa.explorer.fixture.TestChain;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.tree.Agreement.Branch;
import dev.rensa.explorer.tree.Agreement.Follower;
import dev.rensa.explorer.tree.Agreement.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final TestChain TRUNK = TestChain.start().withEmpty(10);
    private static final TestChain LONG = TRUNK.withEmpty(3);
    private static final TestChain OTHER = TRUNK.withEmpty(2, TestNetwork.BOB.publicKey());

    @Test
    void shouldFindWhereASplitBeganThatIsLongerThanTheTree() {
        TestChain left = TRUNK.withEmpty(600);
        TestChain right = TRUNK.withEmpty(250, TestNetwork.BOB.publicKey());
        FakeNode minority = new FakeNode(2, right);
        TestWatch watch =
                new TestWatch(new FakeNode(1, left), minority, new FakeNode(3, right.upTo(right.height() - 1)));

        Agreement agreement = watch.tick().tree().agreement();

        assertThat(agreement.state()).isEqualTo(State.SPLIT);
        assertThat(agreement.lastCommon()).isNotNull();
        assertThat(agreement.lastCommon().hash()).isEqualTo(TRUNK.tip().hash());
        assertThat(agreement.lastCommon().work()).isEqualTo(TRUNK.work());
        assertThat(agreement.depth()).isEqualTo(600);
        assertThat(agreement.branches()).hasSize(2);

        assertThat(agreement.branches().getLast().nodes()).hasSize(2);

        minority.have(left.upTo(300));
        for (int second = 0; second < 11; second++) {
            watch.tick();
        }
        assertThat(watch.tree().agreement().branches().getLast().nodes()).hasSize(1);
        assertThat(watch.tree()
                        .agreement()
                        .branches()
                        .getFirst()
                        .nodes()
                        .getLast()
                        .behind())
                .isEqualTo(left.height() - 300);
    }

    @Test
    void shouldSayThatNodesWithOneTipAgree() {
        Agreement agreement = judge(new FakeNode(1, LONG), new FakeNode(2, LONG));

        assertThat(agreement.state()).isEqualTo(State.ONE);
        assertThat(agreement.depth()).isZero();
        assertThat(agreement.lastCommon()).isNotNull();
        assertThat(agreement.lastCommon().hash()).isEqualTo(LONG.tip().hash());
    }

    @Test
    void shouldCallANodeThatOnlyMissesBlocksLagging() {
        FakeNode ahead = new FakeNode(1, LONG);
        FakeNode behind = new FakeNode(2, TRUNK);

        Agreement agreement = judge(ahead, behind);

        assertThat(agreement.state()).isEqualTo(State.LAGGING);
        assertThat(agreement.depth()).isEqualTo(3);
        assertThat(agreement.branches())
                .containsExactly(new Branch(
                        LONG.head(),
                        List.of(new Follower(ahead.key(), "node-1", 0), new Follower(behind.key(), "node-2", 3))));
    }

    @Test
    void shouldSayWhereChainsThatExcludeEachOtherPart() {
        Agreement agreement = judge(new FakeNode(1, LONG), new FakeNode(2, OTHER), new FakeNode(3, LONG));

        assertThat(agreement.state()).isEqualTo(State.SPLIT);
        assertThat(agreement.lastCommon()).isNotNull();
        assertThat(agreement.lastCommon().hash()).isEqualTo(TRUNK.tip().hash());
        assertThat(agreement.depth()).isEqualTo(3);
        assertThat(agreement.branches().stream().map(branch -> branch.nodes().size()))
                .containsExactly(2, 1);
    }

    @Test
    void shouldPreferWorkToHeight() {
        TestChain heavy = TRUNK.with(TestNetwork.BOB.publicKey(), TestNetwork.HARD);

        TestWatch watch = new TestWatch(new FakeNode(1, TRUNK.withEmpty(2)), new FakeNode(2, heavy));

        assertThat(watch.tree().agreement().branches().getFirst().tip()).isEqualTo(heavy.head());
        assertThat(watch.directory().bestHead()).contains(heavy.head());
    }

    @Test
    void shouldKeepTheTimeAtWhichAStateBegan() {
        FakeNode one = new FakeNode(1, LONG);
        FakeNode other = new FakeNode(2, OTHER);
        TestWatch watch = new TestWatch(one, other);
        long splitSince = watch.tree().agreement().sinceMillis();

        one.have(LONG.withEmpty(1));
        Agreement still = watch.tick().tick().tree().agreement();
        other.have(one.chain());
        Agreement healed = watch.tick().tree().agreement();

        assertThat(still.state()).isEqualTo(State.SPLIT);
        assertThat(still.sinceMillis()).isEqualTo(splitSince);
        assertThat(healed.state()).isEqualTo(State.ONE);
        assertThat(healed.sinceMillis()).isEqualTo(watch.now());
    }

    @Test
    void shouldNotCountANodeThatCannotBeReached() {
        FakeNode lost = new FakeNode(2, OTHER);
        TestWatch watch = new TestWatch(new FakeNode(1, LONG), lost);

        lost.stop();
        Agreement agreement = watch.tick().tree().agreement();

        assertThat(agreement.state()).isEqualTo(State.ONE);
    }

    @Test
    void shouldSayThatNobodyCanBeReached() {
        FakeNode lost = new FakeNode(1, LONG);
        lost.stop();

        assertThat(judge(lost).state()).isEqualTo(State.NONE);
    }

    @Test
    void shouldFindTheForkOfTwoBranchesThatFillTheTree() {
        TestChain ours = TRUNK.withEmpty(250);
        TestChain theirs = TRUNK.withEmpty(249, TestNetwork.BOB.publicKey());

        Agreement agreement = judge(new FakeNode(1, ours), new FakeNode(2, theirs));

        assertThat(agreement.state()).isEqualTo(State.SPLIT);
        assertThat(agreement.lastCommon()).isNotNull();
        assertThat(agreement.lastCommon().hash()).isEqualTo(TRUNK.tip().hash());
        assertThat(agreement.depth()).isEqualTo(250);
    }

    private static Agreement judge(FakeNode... nodes) {
        return new TestWatch(nodes).tree().agreement();
    }
}
