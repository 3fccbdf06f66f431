package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's process does on a store that it must not use: it says so in a sentence and ends with status 1. */
class StorageFaultIT {
    private static final long EXPECTED_HASHES = 5_000;
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<FundedAccount> accounts =
            IntStream.range(0, 8).mapToObj(FundedAccount::new).toList();
    private final Genesis genesis =
            TestGenesis.of("storage-fault", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, accounts);

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
        Files.writeString(chain.resolve("format-version"), "3\n");
        try (LocalNetwork network = new LocalNetwork(directory, 1, genesis, Map.of())) {
            LocalNode node = network.nodes().getFirst();

            node.start();

            assertThat(node.awaitEnd(BOUND)).isEqualTo(1);
            assertThat(Files.readString(node.log())).contains("written by a newer version of the node");
        }
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
}
