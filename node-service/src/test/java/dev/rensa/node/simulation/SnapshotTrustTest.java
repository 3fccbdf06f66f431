package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Trial;
import dev.rensa.node.peer.Message;
import dev.rensa.node.peer.ShortIds;
import dev.rensa.node.snapshot.SnapshotProgress.State;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose accounts a joiner takes, and what moves it while it chooses. */
class SnapshotTrustTest {

    @Test
    void shouldNotTakeTheLedgerOfWhoeverIsMetFirst() {
        Seeds.play((world, random) -> {
            SimulatedNode rival = world.addNode(Mischief.NONE);
            mine(rival, 60);
            world.addNodes(2);
            mine(world.nodes().get(1), 80);
            SimulatedNode joiner = world.addJoiner();
            world.network().separate(List.of(rival, joiner));
            world.network().start();
            world.runFor(random.nextLong(1_000, 3_500));
            assertThat(joiner.chain().head().height()).isZero();

            world.network().heal();
            world.settle();

            assertThat(joiner.chain().baseHeight()).isPositive();
            assertThat(joiner.chain().head())
                    .isEqualTo(world.nodes().get(1).chain().head());
            world.checkEverything();
        });
    }

    @Test
    void shouldNotTakeTheLedgerOfTwoKeysThatVouchForEachOther() {
        World world = new World(31);
        SimulatedNode rival = world.addNode(Mischief.NONE);
        mine(rival, 60);
        SimulatedNode accomplice = world.addNode(Mischief.NONE);
        world.network().separate(List.of(rival, accomplice));
        world.network().start();
        world.runFor(20_000);
        assertThat(accomplice.chain().head()).isEqualTo(rival.chain().head());
        SimulatedNode honest = world.addNode(Mischief.NONE);
        mine(honest, 80);
        SimulatedNode joiner = world.addJoiner();
        world.network().separate(List.of(joiner));
        world.runFor(3_000);
        assertThat(joiner.chain().baseHeight()).isZero();

        world.network().heal();
        world.settle();

        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(joiner.chain().head()).isEqualTo(honest.chain().head());
    }

    /** Two peers take turns to claim a better chain, each gone before it must show a header. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3_000})
    void shouldNotBeHeldUpByClaimsThatNobodyBearsOut(long quietMillis) {
        World world = new World(37);
        SimulatedNode honest = world.addNode(Mischief.NONE);
        mine(honest, 60);
        SimulatedNode joiner = world.addJoiner();
        ChainHead head = honest.chain().head();
        ChainHead claim =
                new ChainHead(BlockHash.ZERO, head.header(), head.work().plus(head.work()));
        world.network().start();
        world.runFor(quietMillis);
        assertThat(joiner.chain().baseHeight()).isZero();

        ScriptedPeer claiming = new ScriptedPeer(joiner, 0, claim);
        for (int turn = 1; turn < 50; turn++) {
            world.runFor(2_000);
            ScriptedPeer next = new ScriptedPeer(joiner, turn, claim);
            claiming.leaves();
            claiming = next;
        }

        assertThat(joiner.chain().head()).isEqualTo(honest.chain().head());
        assertThat(joiner.chain().baseHeight()).isPositive();
    }

    /** First somebody's own chain, then claims that keep who has a better one from being asked. */
    @ParameterizedTest
    @ValueSource(ints = {6, 40})
    void shouldFindTheBestChainBehindClaimsThatTakeTurns(int claiming) {
        World world = new World(38);
        SimulatedNode liar = world.addNode(Mischief.NONE);
        mine(liar, 60);
        SimulatedNode honest = world.addNode(Mischief.NONE);
        mine(honest, 80);
        SimulatedNode joiner = world.addJoiner();
        world.network().separate(List.of(liar, joiner));
        world.network().start();
        for (int step = 0; step < 90 && !joiner.chain().stateImport().isComplete(); step++) {
            world.runFor(100);
        }
        assertThat(joiner.chain().stateImport().isComplete()).isTrue();
        liar.kill();
        FalseClaims claims = new FalseClaims(world, joiner, honest.chain().head(), claiming);

        world.network().heal();
        claims.takeTurnsFor(180_000);

        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(joiner.chain().head()).isEqualTo(honest.chain().head());
    }

    @Test
    void shouldGiveThoseTimeWhomItDialsItself() {
        World world = new World(39);
        SimulatedNode rival = world.addNode(Mischief.NONE);
        mine(rival, 60);
        SimulatedNode joiner = world.addJoiner();
        SimulatedNode honest = world.addNode(Mischief.NONE);
        mine(honest, 80);
        world.network().separate(List.of(rival, joiner));
        world.network().start();
        world.runFor(8_000);

        world.network().heal();
        world.settle();

        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(joiner.chain().head()).isEqualTo(honest.chain().head());
    }

    @Test
    void shouldSoonTakeTheStateOfALonePeerThatItDialledItself() {
        World world = new World(40);
        SimulatedNode joiner = world.addJoiner();
        SimulatedNode only = world.addNode(Mischief.NONE);
        mine(only, 60);
        world.network().start();

        world.runFor(3_500);
        assertThat(joiner.chain().baseHeight()).isZero();
        world.runFor(4_500);

        assertThat(joiner.chain().baseHeight()).isPositive();
    }

    @Test
    void shouldTakeTheStateOfALonePeerOnceOthersHadTimeToShowUp() {
        World world = new World(32);
        SimulatedNode only = world.addNode(Mischief.NONE);
        mine(only, 60);
        SimulatedNode joiner = world.addJoiner();
        world.network().start();

        world.runFor(9_000);
        assertThat(joiner.chain().baseHeight()).isZero();
        assertThat(joiner.core().progress().ready()).isFalse();
        world.runFor(7_000);

        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(joiner.chain().head()).isEqualTo(only.chain().head());
    }

    @Test
    void shouldNotBeReadyOnABaseBelowWhichABetterBranchParts() {
        World world = new World(33);
        SimulatedNode rival = world.addNode(Mischief.NONE);
        mine(rival, 60);
        SimulatedNode joiner = world.addJoiner();
        world.network().start();
        world.runFor(20_000);
        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(joiner.core().progress().ready()).isTrue();

        SimulatedNode better = world.addNode(Mischief.NONE);
        world.network().separate(List.of(better));
        mine(better, 90);
        world.network().heal();
        world.runFor(20_000);

        assertThat(joiner.refusedBranches()).isPositive();
        assertThat(joiner.core().progress().ready()).isFalse();
    }

    @Test
    void shouldGoOnJoiningWhenABlockOnTopOfBlock0IsPushed() {
        World world = new World(34);
        world.addNodes(2);
        mine(world.nodes().getFirst(), 60);
        world.network().start();
        world.runFor(20_000);
        SimulatedNode joiner = world.addJoiner();
        SimulatedNode stranger = new World(34).addNode(Mischief.NONE);
        stranger.mine();
        BlockHeader first = stranger.chain().head().header();
        ScriptedPeer pusher = new ScriptedPeer(joiner, 1, stranger.chain().head());

        pusher.says(new Message.CompactBlock(first, stranger.chain().head().work(), 0, ShortIds.of(), List.of()));
        assertThat(joiner.core().snapshot().state()).isNotEqualTo(State.NONE);
        assertThat(joiner.chain().head().height()).isZero();
        world.runFor(20_000);

        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(pusher.blames()).isEmpty();
    }

    @Test
    void shouldMineNothingWhileItJoins() {
        World world = new World(35);
        SimulatedNode joiner = world.addJoiner();

        assertThat(joiner.core().snapshot().state()).isEqualTo(State.CHOOSING);
        assertThat(joiner.chain().isTemplateReady()).isFalse();
        world.runFor(15_000);

        assertThat(joiner.core().snapshot().state()).isEqualTo(State.NONE);
        assertThat(joiner.chain().isTemplateReady()).isTrue();
        ChainHead before = joiner.chain().head();
        joiner.mine();
        assertThat(joiner.chain().head().height()).isEqualTo(before.height() + 1);
    }

    @Test
    void shouldTryNothingOutWhileTheAccountsAreOfNoBlock() {
        World world = new World(36);
        SimulatedNode only = world.addNode(Mischief.NONE);
        mine(only, 60);
        SimulatedNode joiner = world.addJoiner();
        world.network().start();
        for (int step = 0; step < 100 && !joiner.chain().isImporting(); step++) {
            world.runFor(50);
        }
        assertThat(joiner.chain().isImporting()).isTrue();
        Transaction transfer = TestNetwork.ofAccounts(1, 2).transfer(0, 0, TestNetwork.account(1), 1, 1);
        List<Trial> trials = new ArrayList<>();

        joiner.core().tryOut(transfer, trials::add);

        assertThat(trials)
                .singleElement()
                .extracting(Trial::admission)
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.rejection().reason()).isEqualTo(RejectionReason.NOT_READY));
    }

    private static void mine(SimulatedNode node, int blocks) {
        for (int block = 0; block < blocks; block++) {
            node.mine();
        }
    }
}
