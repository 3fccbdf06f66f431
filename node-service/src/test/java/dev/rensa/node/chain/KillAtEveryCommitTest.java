package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KillAtEveryCommitTest {
    private static final int BLOCKS = 30;

    @Test
    void shouldComeBackToTheOldTipOrTheNew() {
        long seed = Seed.print("KillAtEveryCommitTest");

        int kills = new KillStory(seed, BLOCKS).surviveKillsAtEveryCommit(InMemoryStorage::new);

        // Some three a block; one on a side branch has fewer.
        assertThat(kills).isGreaterThan(2 * BLOCKS);
    }
}
