package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that come late, and peers that make it hard for them. See {@link Seeds} for the properties that replay a run. */
class CatchUpSimulationTest {

    @Test
    void shouldBringALateNodeToTheHead() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(2 + random.nextInt(4)).transferEvery(500).runFor(20_000);
            SimulatedNode miner = world.nodes().getFirst();
            mine(miner, random.nextInt(200, 600));
            world.runFor(30_000);

            SimulatedNode late = world.addNode(Mischief.NONE);
            world.runFor(20_000);

            assertThat(late.chain().head()).isEqualTo(miner.chain().head());
            assertThat(late.core().progress().ready()).isTrue();
            world.settle();
            world.checkEverything();
        });
    }

    @Test
    void shouldBringANodeFromALongBranchOfItsOwnToTheBetterOne() {
        Seeds.play((world, random) -> {
            SimulatedNode hermit = world.addNode(Mischief.NONE);
            SimulatedNode other = world.addNode(Mischief.NONE);
            int own = random.nextInt(50, 350);
            mine(hermit, own);
            mine(other, own + random.nextInt(1, 300));

            world.network().start();
            world.runFor(30_000);

            assertThat(hermit.chain().head()).isEqualTo(other.chain().head());
            assertThat(world.observer().deepestReorganisation()).isEqualTo(own);
            world.settle();
            world.checkEverything();
        });
    }

    @Test
    void shouldFetchMoreHeadersThanOneMessageHoldsFromABranchThatIsNotTheBestYet() {
        World world = new World(1);
        SimulatedNode hermit = world.addNode(Mischief.NONE);
        SimulatedNode other = world.addNode(Mischief.NONE);
        mine(hermit, 2_500);
        mine(other, 2_600);

        world.network().start();
        world.runFor(60_000);

        assertThat(hermit.chain().head()).isEqualTo(other.chain().head());
    }

    @Test
    void shouldRaiseAnAlertAndStayWhenTheBetterBranchPartsTooDeep() {
        World world = new World(11).limitReorganisations(20);
        SimulatedNode hermit = world.addNode(Mischief.NONE);
        SimulatedNode other = world.addNode(Mischief.NONE);
        mine(hermit, 30);
        mine(other, 60);
        BlockHash own = hermit.chain().head().hash();

        world.network().start();
        for (int block = 0; block < 30; block++) {
            world.runFor(2_000);
            other.mine();
        }

        assertThat(hermit.chain().head().hash()).isEqualTo(own);
        assertThat(hermit.refusedBranches()).isEqualTo(1);
        assertThat(other.refusedBranches()).isZero();
        assertThat(hermit.core().progress().ready()).isTrue();
    }

    @Test
    void shouldLoseNothingButTimeToPeersThatStallOrLie() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(2 + random.nextInt(3));
            int hindrances = 1 + random.nextInt(3);
            for (int i = 0; i < hindrances; i++) {
                world.addNode(ByzantineSimulationTest.MISCHIEFS
                        .get(random.nextInt(ByzantineSimulationTest.MISCHIEFS.size()))
                        .apply(random));
            }

            world.mineEvery(2_000).transferEvery(1_000).runFor(120_000);
            SimulatedNode late = world.addNode(Mischief.NONE);
            world.runFor(60_000);
            world.settle();

            assertThat(late.chain().head().height()).isPositive();
            world.checkEverything();
        });
    }

    @Test
    void shouldBanWhoSendsWhatNoHonestNodeSends() {
        List<Mischief> offences = List.of(
                Mischief.wrongBodies(),
                Mischief.wrongCompactBlocks(),
                Mischief.worthlessHeaders(),
                Mischief.boasting(),
                Mischief.forgedTransactions(),
                Mischief.forgedBlocks());
        for (Mischief offence : offences) {
            World world = new World(7);
            SimulatedNode honest = world.addNode(Mischief.NONE);
            SimulatedNode offender = world.addNode(offence);
            offender.mine();
            world.network().start();

            world.transferEvery(300).mineEvery(2_000).runFor(60_000);

            assertThat(world.network().hasBanned(honest, offender)).isTrue();
        }
    }

    @Test
    void shouldBeReadyAloneAndNotBelieveABoaster() {
        World world = new World(3);
        SimulatedNode honest = world.addNode(Mischief.NONE);
        assertThat(honest.core().progress().ready()).isTrue();

        world.addNode(Mischief.boasting());
        world.network().start();
        world.runFor(30_000);

        assertThat(honest.core().progress().ready()).isTrue();
    }

    @Test
    void shouldAgreeOnABranchThatPeersHaveWhenABetterHeaderHasNoBody() {
        World world = new World(5);
        world.addNodes(3);
        SimulatedNode withholder = world.addNode(Mischief.withholding());
        world.network().start();
        world.runFor(5_000);
        mine(withholder, 5);
        world.runFor(60_000);

        mine(world.nodes().getFirst(), 3);
        world.runFor(60_000);

        assertThat(world.honest())
                .allSatisfy(node -> assertThat(node.chain().head().height()).isEqualTo(3));
    }

    private static void mine(SimulatedNode node, int blocks) {
        for (int block = 0; block < blocks; block++) {
            node.mine();
        }
    }
}
