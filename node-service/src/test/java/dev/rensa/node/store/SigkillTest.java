package dev.rensa.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BusyNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. */
class SigkillTest {
    private static final int KILLS = 4;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNoBlockThatWasConfirmed() throws IOException, InterruptedException {
        for (int kill = 1; kill <= KILLS; kill++) {
            long confirmed = mineUntilKilled(10 * kill);

            try (RocksStorage storage = RocksStorage.open(directory)) {
                BusyNode node = new BusyNode(storage);
                assertThat(node.height()).isGreaterThanOrEqualTo(confirmed);
                assertThat(node.isExact()).isTrue();
                assertThat(node.mineOne()).isEqualTo(node.height());
            }
        }
    }

    /** Lets a process confirm so many blocks, kills it in the midst of the next ones, returns the last height it told. */
    private long mineUntilKilled(int blocks) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Miner.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long confirmed = 0;
        try (BufferedReader heights = process.inputReader()) {
            for (int i = 0; i < blocks; i++) {
                confirmed = Long.parseLong(heights.readLine());
            }
            process.toHandle().destroyForcibly();
            for (String line = heights.readLine(); line != null; line = heights.readLine()) {
                confirmed = Long.parseLong(line);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return confirmed;
    }

    /** The process that is killed. */
    static final class Miner {
        private Miner() {}

        public static void main(String[] arguments) {
            BusyNode node = new BusyNode(RocksStorage.open(Path.of(arguments[0])));
            while (true) {
                System.out.println(node.mineOne());
            }
        }
    }
}
