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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's process does when its disk fails: it says so in a sentence, ends with status 1, and comes back once mended. */
class StorageFaultIT {
    private static final long EXPECTED_HASHES = 5_000;
    private static final int DISK_MEBIBYTES = 64;
    private static final long LEFT_BYTES = 200_000;
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<FundedAccount> accounts =
            IntStream.range(0, 8).mapToObj(FundedAccount::new).toList();
    private final Genesis genesis =
            TestGenesis.of("storage-fault", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, accounts);

    @Test
    void shouldEndWhenTheDiskIsFullAndGoOnOnceThereIsRoom() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("node-0"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEBIBYTES + "m", "rensa-test", disk.toString()),
                "this test needs the right to mount a disk: run it as root on Linux");
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, Map.of());
                TransferLoad load = new TransferLoad(network, genesis, accounts)) {
            LocalNode node = network.nodes().getFirst();
            network.start(1);
            load.start();
            load.awaitFurther(50);
            String head = node.client().status().tip();

            Path ballast = fill(disk);
            assertThat(node.awaitEnd(BOUND)).isEqualTo(1);

            assertThat(Files.readString(node.log()))
                    .contains("The node ends because it cannot go on writing")
                    .contains("the disk is full");
            load.stop();
            Files.delete(ballast);
            node.start();
            node.awaitReady();
            assertThat(node.client().block(head)).isPresent();
            load.assertAllMined(node);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void shouldRefuseToStartOnADamagedStore() throws Exception {
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, Map.of())) {
            LocalNode node = network.nodes().getFirst();
            network.start(1);
            Await.until(
                    "some blocks are mined",
                    BOUND,
                    network::summary,
                    () -> node.client().status().height() >= 20);
            node.stop();

            Path log = largest(directory.resolve("node-0/chain/ledger"), ".log");
            flip(log);
            node.start();

            assertThat(node.awaitEnd(BOUND)).isEqualTo(1);
            assertThat(Files.readString(node.log()))
                    .contains("The chain cannot be opened (rensa.data-dir)")
                    .contains("changes were confirmed on the disk, and only");
        }
    }

    @Test
    void shouldRefuseADirectoryOfANewerNode() throws Exception {
        Path chain = Files.createDirectories(directory.resolve("node-0/chain"));
        Files.writeString(chain.resolve("format-version"), "2\n");
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, Map.of())) {
            LocalNode node = network.nodes().getFirst();

            node.start();

            assertThat(node.awaitEnd(BOUND)).isEqualTo(1);
            assertThat(Files.readString(node.log())).contains("written by a newer version of the node");
        }
    }

    /** Leaves room for little more. */
    private static Path fill(Path disk) throws IOException {
        Path ballast = disk.resolve("ballast");
        long free = Files.getFileStore(disk).getUsableSpace();
        Files.write(ballast, new byte[(int) Math.max(0, free - LEFT_BYTES)]);
        return ballast;
    }

    private static Path largest(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(access.length() / 3);
            int before = access.read();
            access.seek(access.length() / 3);
            access.write(before ^ 0x10);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            System.out.println(command[0] + ": " + e.getMessage());
            return false;
        }
    }
}
