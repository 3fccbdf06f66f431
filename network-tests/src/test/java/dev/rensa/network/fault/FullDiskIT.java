package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fills the disk under a node that mines and takes transfers: it says so and ends, and once there is room it goes on with
 * all that it had confirmed. Only root may mount a small disk; elsewhere the test is skipped.
 */
class FullDiskIT {
    private static final String DISK_MEBIBYTES = "48";
    private static final int FILL_BYTES = 64 * 1024;
    private static final long EXPECTED_HASHES = 5_000;
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        // Where the network's first node keeps its data.
        disk = Files.createDirectories(directory.resolve("node-0"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEBIBYTES + "m", "rensa-test", disk.toString()),
                "this test needs the right to mount a disk: run it as root on Linux");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void shouldEndOnAFullDiskAndGoOnOnceThereIsRoom() throws Exception {
        List<FundedAccount> accounts =
                IntStream.range(0, 8).mapToObj(FundedAccount::new).toList();
        Genesis genesis = TestGenesis.of("full-disk", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, accounts);
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, Map.of())) {
            LocalNode node = network.nodes().getFirst();
            network.start(1);
            long height;
            String hash;
            try (TransferLoad load = new TransferLoad(network, genesis, accounts)) {
                load.start();
                load.awaitFurther(400);
                Await.until("twenty blocks", BOUND, network::summary, () -> heightOf(node) >= 20);
                height = heightOf(node);
                hash = node.client().hashAt(height).orElseThrow();

                fill();

                assertThat(node.awaitEnd(BOUND)).isEqualTo(1);
            }
            assertThat(Files.readString(node.log()))
                    .contains("the disk is full. Make room and start the node again; nothing confirmed is lost");

            Files.delete(ballast());
            node.start();
            node.awaitReady();

            assertThat(node.client().hashAt(height)).contains(hash);
            long resumed = heightOf(node);
            assertThat(resumed).isGreaterThanOrEqualTo(height);
            Await.until("it mines on", BOUND, network::summary, () -> heightOf(node) > resumed);
        }
    }

    private static long heightOf(LocalNode node) {
        return node.client().status().height();
    }

    private Path ballast() {
        return disk.resolve("ballast");
    }

    private void fill() throws IOException {
        byte[] piece = new byte[FILL_BYTES];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            // A disk of that size takes no more pieces than this.
            for (int i = 0; i <= Integer.parseInt(DISK_MEBIBYTES) * 1024 * 1024 / FILL_BYTES; i++) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
            return;
        }
        throw new AssertionError("the disk takes more than its size");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor() == 0;
    }
}
