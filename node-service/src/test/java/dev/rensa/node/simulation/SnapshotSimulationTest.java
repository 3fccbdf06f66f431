package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.snapshot.SnapshotProgress.State;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Nodes that begin with the accounts at a checkpoint. See {@link Seeds} for the properties that replay a run. */
class SnapshotSimulationTest {

    /** The simulated network's checkpoint interval. */
    private static final long INTERVAL = 8;

    private static final List<Function<Random, Mischief>> HINDRANCES = List.of(
            random -> Mischief.stalling(),
            Mischief::slow,
            random -> Mischief.falseRoots(),
            random -> Mischief.falseAccounts(),
            random -> Mischief.withholdingStates(),
            random -> Mischief.silentAboutAccounts());

    @Test
    void shouldJoinFromTheNewestBuriedCheckpointAndGoOnFromThere() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(2 + random.nextInt(3)).transferEvery(500).runFor(20_000);
            mine(world, random.nextInt(40, 200));

            SimulatedNode joiner = world.addJoiner();
            world.runFor(20_000);

            long height = world.nodes().getFirst().chain().head().height();
            assertThat(joiner.chain().baseHeight()).isBetween(height - 4 * INTERVAL, height - 2 * INTERVAL);
            assertThat(joiner.chain().baseHeight() % INTERVAL).isZero();
            mine(world, 20);
            world.settle();
            world.checkEverything();
        });
    }

    @Test
    void shouldApplyEveryBlockWhereThereIsNoBuriedCheckpointOrNobodyToAsk() {
        World world = new World(4);
        SimulatedNode first = world.addJoiner();
        world.runFor(15_000);
        assertThat(first.core().progress().ready()).isTrue();
        for (int block = 0; block < INTERVAL; block++) {
            first.mine();
        }

        SimulatedNode second = world.addJoiner();
        world.network().start();
        world.runFor(20_000);

        assertThat(second.chain().head()).isEqualTo(first.chain().head());
        assertThat(second.chain().baseHeight()).isZero();
        assertThat(second.core().snapshot().state()).isEqualTo(State.NONE);
    }

    @Test
    void shouldJoinAmongNodesThatMineCrashAndPart() {
        Seeds.play((world, random) -> {
            world.network().latency(5, 200).fullLinks(0.02).start();
            world.backgroundTakes(2_000).addNodes(random.nextInt(3, 7));
            world.mineEvery(2_000).transferEvery(1_000).runFor(90_000);

            SimulatedNode joiner = world.addJoiner();
            world.crashEvery(6_000)
                    .breakConnectionsEvery(5_000)
                    .partitionEvery(60_000, 20_000)
                    .runFor(150_000);
            world.settle();

            assertThat(joiner.core().snapshot().state()).isEqualTo(State.NONE);
            world.checkEverything();
        });
    }

    @Test
    void shouldLoseNothingButTimeToServersThatStallOrLie() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(1 + random.nextInt(3));
            int hindrances = 1 + random.nextInt(3);
            for (int i = 0; i < hindrances; i++) {
                world.addNode(HINDRANCES.get(random.nextInt(HINDRANCES.size())).apply(random));
            }
            world.mineEvery(2_000).transferEvery(1_000).runFor(120_000);
            while (world.nodes().getFirst().chain().head().height() < 5 * INTERVAL) {
                mine(world, 1);
            }

            SimulatedNode joiner = world.addJoiner();
            world.runFor(90_000);
            world.settle();

            assertThat(joiner.chain().baseHeight()).isPositive();
            world.checkEverything();
        });
    }

    @Test
    void shouldBanWhoGivesFalseStates() {
        for (Mischief offence : List.of(Mischief.falseRoots(), Mischief.falseAccounts(), Floods.longAnswers())) {
            World world = new World(9);
            SimulatedNode offender = world.addNode(offence);
            for (int block = 0; block < 5 * INTERVAL; block++) {
                offender.mine();
            }
            world.network().start();
            SimulatedNode joiner = world.addJoiner();

            world.runFor(20_000);

            assertThat(world.network().hasBanned(joiner, offender)).isTrue();
            assertThat(joiner.chain().head().height()).isZero();
        }
    }

    @Test
    void shouldResumeAfterAKillAtEveryWriteOfTheJoin() {
        int kills = 0;
        for (int commit = 0; ; commit++) {
            for (boolean stored : new boolean[] {false, true}) {
                World world = new World(21);
                world.network().start();
                world.addNodes(2);
                mine(world, 60);
                SimulatedNode joiner = world.addJoiner();
                joiner.storage().failAfter(commit, stored);
                int life = joiner.life();

                world.runFor(60_000);
                world.settle();

                world.checkEverything();
                if (joiner.life() > life) {
                    kills++;
                } else {
                    assertThat(kills).isGreaterThan(20);
                    assertThat(joiner.chain().baseHeight()).isPositive();
                    return;
                }
            }
        }
    }

    private static void mine(World world, int blocks) {
        SimulatedNode miner = world.nodes().getFirst();
        for (int block = 0; block < blocks; block++) {
            miner.mine();
            world.runFor(300);
        }
    }
}
