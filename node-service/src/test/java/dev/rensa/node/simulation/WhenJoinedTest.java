package dev.rensa.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for the accounts of a node that joins from a snapshot. */
class WhenJoinedTest {
    private final World world = new World(41);
    private final List<Long> heights = new ArrayList<>();

    @Test
    void shouldWaitUntilTheAccountsAreThereAndNoLonger() {
        world.addNodes(2);
        for (int block = 0; block < 60; block++) {
            world.nodes().getFirst().mine();
        }
        SimulatedNode joiner = world.addJoiner();

        noteTheHeightWhenJoined(joiner);
        noteTheHeightWhenJoined(joiner);
        assertThat(heights).isEmpty();
        world.network().start();
        world.runFor(30_000);

        assertThat(joiner.chain().baseHeight()).isPositive();
        assertThat(heights)
                .hasSize(2)
                .allMatch(height -> height >= joiner.chain().baseHeight());
        noteTheHeightWhenJoined(joiner);
        assertThat(heights).last().isEqualTo(joiner.chain().head().height());
    }

    @Test
    void shouldNotWaitWhereNothingIsJoined() {
        noteTheHeightWhenJoined(world.addNode(Mischief.NONE));

        assertThat(heights).containsExactly(0L);
    }

    private void noteTheHeightWhenJoined(SimulatedNode node) {
        node.core().whenJoined(() -> heights.add(node.chain().head().height()));
    }
}
