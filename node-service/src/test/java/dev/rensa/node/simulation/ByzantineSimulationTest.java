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
}
