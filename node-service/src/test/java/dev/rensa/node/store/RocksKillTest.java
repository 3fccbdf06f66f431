package dev.rensa.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.KillStory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksKillTest {

    @TempDir
    private Path directory;

    @Test
    void shouldComeBackToTheOldTipOrTheNew() {
        AtomicInteger lives = new AtomicInteger();

        int kills = new KillStory(20_261_121, 8)
                .surviveKillsAtEveryCommit(
                        () -> RocksStorage.open(directory.resolve("life-" + lives.incrementAndGet()), false));

        assertThat(kills).isGreaterThan(20);
    }
}
