package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.lab.LinkFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Networks whose operators break them. An honest node that blames another ends the run. */
class LabSimulationTest {

    private static final LinkFault CUT = new LinkFault(true, 0, 0, 0, 0);

    @Test
    void shouldGrowTwoBranchesWhileSplitAndOneLedgerWhenHealed() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(5).pinAccounts().mineEvery(5_000).transferEvery(700).runFor(20_000);
            List<SimulatedNode> shuffled = new ArrayList<>(world.nodes());
            Collections.shuffle(shuffled, random);
            List<SimulatedNode> few = shuffled.subList(0, 2);
            List<SimulatedNode> many = shuffled.subList(2, 5);

            // Both sides, one side alone, or the one after the other: each order keeps the link from coming back.
            cut(few, many);
            if (random.nextBoolean()) {
                cut(many, few);
            }
            world.runFor(10_000);
            few.getFirst().mine();
            many.getFirst().mine();
            world.runFor(60_000);

            for (SimulatedNode node : few) {
                assertThat(many).noneMatch(other -> world.network().isConnected(node, other));
                assertThat(many).noneMatch(other -> sharesHead(node, other));
            }
            world.nodes().forEach(node -> node.run(() -> node.lab().healAll()));
            world.settle();
            world.checkEverything();
            assertThat(world.observer().deepestReorganisation()).isPositive();
        });
    }

    @Test
    void shouldAgreeThoughLinksAreSlowAndLossy() {
        Seeds.play((world, random) -> {
            world.network().start();
            world.addNodes(random.nextInt(3, 7));
            for (SimulatedNode node : world.nodes()) {
                for (SimulatedNode other : world.nodes()) {
                    disturb(node, List.of(other), fault(random), OptionalLong.empty());
                }
            }

            world.mineEvery(6_000).transferEvery(1_000).runFor(180_000);

            world.settle();
            world.checkEverything();
        });
    }

    @Test
    void shouldHealByItselfWhenTheTimeIsOver() {
        World world = new World(1);
        world.network().start();
        world.addNodes(2).runFor(3_000);
        SimulatedNode first = world.nodes().getFirst();
        SimulatedNode second = world.nodes().getLast();
        assertThat(world.network().isConnected(first, second)).isTrue();

        disturb(first, List.of(second), CUT, OptionalLong.of(30_000));
        world.runFor(29_000);
        assertThat(world.network().isConnected(first, second)).isFalse();
        assertThat(first.lab().faults()).hasSize(1);

        world.runFor(5_000);
        assertThat(world.network().isConnected(first, second)).isTrue();
        assertThat(first.lab().faults()).isEmpty();
    }

    private static boolean sharesHead(SimulatedNode a, SimulatedNode b) {
        return a.chain().head().equals(b.chain().head());
    }

    private static LinkFault fault(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new LinkFault(false, random.nextInt(1, 3_000), random.nextInt(1_000), 0, random.nextLong());
            case 1 -> new LinkFault(false, 0, 0, random.nextInt(1, 50), random.nextLong());
            default -> new LinkFault(false, random.nextInt(500), 200, random.nextInt(30), random.nextLong());
        };
    }

    private static void cut(List<SimulatedNode> by, List<SimulatedNode> whom) {
        by.forEach(node -> disturb(node, whom, CUT, OptionalLong.empty()));
    }

    private static void disturb(SimulatedNode by, List<SimulatedNode> whom, LinkFault fault, OptionalLong forMillis) {
        by.run(() -> by.lab().disturb(whom.stream().map(SimulatedNode::key).toList(), fault, forMillis));
    }
}
