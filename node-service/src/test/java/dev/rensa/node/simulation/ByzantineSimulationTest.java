package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Honest nodes among any mixture of dishonest ones, while everything fails. See {@link Seeds} for how to replay a run. */
class ByzantineSimulationTest {

    /** All that a dishonest node is known to do, each by a node of its own. */
    static final List<Function<Random, Mischief>> MISCHIEFS = List.of(
            random -> Mischief.stalling(),
            Mischief::slow,
            random -> Mischief.wrongBodies(),
            random -> Mischief.wrongCompactBlocks(),
            random -> Mischief.withholding(),
            random -> Mischief.worthlessHeaders(),
            random -> Mischief.boasting(),
            random -> Mischief.forgedTransactions(),
            random -> Mischief.forgedBlocks());

    /** Servers of states that give none that is right, and no body either. */
    private static final List<Mischief> FALSE_SNAPSHOTS = List.of(
            Mischief.falseRoots().and(Mischief.withholding()),
            Mischief.falseAccounts().and(Mischief.withholding()),
            Mischief.silentAboutAccounts().and(Mischief.stalling()),
            Floods.longAnswers().and(Mischief.withholding()));

    @Test
    void shouldAgreeWhateverDishonestPeersDoWhileNodesCrashAndTheNetworkBreaks() {
        Seeds.play((world, random) -> {
            world.network().latency(5, 300).fullLinks(0.01).start();
            world.addNodes(random.nextInt(3, 8));
            int dishonest = random.nextInt(1, 5);
            for (int i = 0; i < dishonest; i++) {
                world.addNode(MISCHIEFS.get(random.nextInt(MISCHIEFS.size())).apply(random));
            }

            world.mineEvery(3_000)
                    .transferEvery(1_000)
                    .crashEvery(15_000)
                    .partitionEvery(60_000, 20_000)
                    .breakConnectionsEvery(5_000)
                    .runFor(150_000);
            world.settle();

            world.checkEverything();
            assertThat(world.honest().getFirst().chain().head().height()).isPositive();
        });
    }

    @Test
    void shouldAgreeAndLetANewNodeJoinWhileOthersFloodEverybody() {
        Seeds.play((world, random) -> {
            world.network().latency(5, 200).start();
            world.addNodes(random.nextInt(3, 6));
            int flooding = random.nextInt(1, 4);
            for (int i = 0; i < flooding; i++) {
                world.addNode(Floods.ALL.get(random.nextInt(Floods.ALL.size())).apply(random));
            }
            world.mineEvery(2_000).transferEvery(1_000).runFor(60_000);

            world.addJoiner();
            world.crashEvery(15_000).runFor(60_000);
            world.settle();

            world.checkEverything();
            assertThat(world.honest().getFirst().chain().head().height()).isPositive();
        });
    }

    @Test
    void shouldLetANewNodeJoinAmongServersOfFalseSnapshotsThatWithholdBodies() {
        Seeds.play((world, random) -> {
            world.network().latency(5, 200).start();
            world.addNodes(random.nextInt(2, 5));
            for (Mischief mischief : FALSE_SNAPSHOTS) {
                if (random.nextBoolean()) {
                    world.addNode(mischief);
                }
            }
            world.mineEvery(1_500).transferEvery(1_000).runFor(90_000);

            world.addJoiner();
            world.crashEvery(15_000).partitionEvery(60_000, 20_000).runFor(90_000);
            world.settle();

            world.checkEverything();
            assertThat(world.honest().getFirst().chain().head().height()).isPositive();
        });
    }
}
