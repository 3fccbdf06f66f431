package dev.rensa.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KillAtEveryCommitTest {

    @Test
    void shouldComeBackToTheOldTipOrTheNew() {
        long seed = Seed.print("KillAtEveryCommitTest");

        int kills = new KillStory(seed, 30).surviveKillsAtEveryCommit(InMemoryStorage::new);

        assertThat(kills).isGreaterThan(90);
    }
}
