package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.chain.BusyNode;
import dev.rensa.node.chain.Column;
import dev.rensa.node.chain.JoinedChain;
import dev.rensa.node.chain.StorageBatch;
import dev.rensa.node.chain.TestNetwork;
import dev.rensa.node.store.RocksStorage;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the data directory of a node that is stopped, with what they say and the status they end with. */
class MaintenanceCommandsTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void shouldFindANodesStoreSound() throws IOException {
        live("node", 12);

        assertThat(run("node", BusyNode.genesis(), "verify")).isZero();
        assertThat(text())
                .contains("The store is sound: 13 headers, 12 blocks on the canonical chain with 240 transactions")
                .contains("signatures not checked");

        assertThat(run("node", BusyNode.genesis(), "verify", "--signatures")).isZero();
        assertThat(text()).contains("signatures checked.");
        assertThat(directory.resolve("node")).isDirectoryNotContaining("glob:**verify-scratch");
    }

    @Test
    void shouldNameTheFirstInconsistency() throws IOException {
        live("node", 5);
        try (RocksStorage storage = RocksStorage.open(directory.resolve("node/chain"))) {
            storage.commit(new StorageBatch()
                    .delete(Column.ACCOUNTS, TestNetwork.account(1).toBytes()));
        }

        assertThat(run("node", BusyNode.genesis(), "verify")).isEqualTo(1);
        assertThat(text())
                .contains("The store is not sound: the table of accounts is not what the blocks lead to: the entry "
                        + TestNetwork.account(1).toHex() + " is missing or different.");
    }

    @Test
    void shouldCarryAChainFromNodeToNode() throws IOException {
        live("first", 12);
        String file = directory.resolve("chain.rensa").toString();

        assertThat(run("first", BusyNode.genesis(), "export", file)).isZero();
        assertThat(run("second", BusyNode.genesis(), "import", file)).isZero();
        assertThat(run("second", BusyNode.genesis(), "verify", "--signatures")).isZero();
        assertThat(text()).contains("Took 12 blocks").contains("The store is sound: 13 headers");

        assertThat(run("second", BusyNode.genesis(), "import", file)).isZero();
        assertThat(text()).contains("Took 0 blocks; 12 were here already");
    }

    @Test
    void shouldVerifyANodeThatBeganFromASnapshotAndSayWhyItCannotBeExported() throws IOException {
        long base;
        try (RocksStorage storage = RocksStorage.open(directory.resolve("joined/chain"))) {
            base = JoinedChain.of(storage, 100).baseHeight();
        }

        assertThat(run("joined", BusyNode.genesis(), "verify", "--signatures")).isZero();
        assertThat(text())
                .contains("began with the accounts behind block " + base + "; those behind block " + base
                        + " lead to the state root")
                .contains("The store is sound");
        assertThat(run("joined", BusyNode.genesis(), "export", "chain.rensa")).isEqualTo(1);
        assertThat(text()).contains("the blocks up to it are not here").contains("Export from a node that has every");
    }

    @Test
    void shouldLeaveNothingOfAnExportThatADamagedStoreEnds() throws IOException {
        live("node", 5);
        try (RocksStorage storage = RocksStorage.open(directory.resolve("node/chain"))) {
            byte[] hash = storage.get(
                    Column.CANONICAL, ByteBuffer.allocate(Long.BYTES).putLong(3).array());
            storage.commit(new StorageBatch().delete(Column.BODIES, Objects.requireNonNull(hash)));
        }

        assertThat(run(
                        "node",
                        BusyNode.genesis(),
                        "export",
                        directory.resolve("chain.rensa").toString()))
                .isEqualTo(1);
        assertThat(text()).contains("The chain cannot be used").contains("height 3");
        assertThat(directory).isDirectoryNotContaining("glob:**chain.rensa*");
    }

    @Test
    void shouldRefuseTheFileOfAnotherNetwork() throws IOException {
        live("first", 3);
        Genesis other = TestNetwork.ofAccounts(2, 9).genesis();
        String file = directory.resolve("chain.rensa").toString();
        run("first", BusyNode.genesis(), "export", file);

        assertThat(run("second", other, "import", file)).isEqualTo(1);
        assertThat(text())
                .contains(BusyNode.genesis().networkHash().toHex())
                .contains(other.networkHash().toHex());
        assertThat(run("first", other, "verify")).isEqualTo(1);
        assertThat(text()).contains("Use the right genesis");
    }

    @Test
    void shouldSayThatANodeRunsOnTheDirectory() throws IOException {
        live("node", 1);
        try (RocksStorage running = RocksStorage.open(directory.resolve("node/chain"))) {
            assertThat(running.get(Column.META, new byte[] {0})).isNull();

            assertThat(run("node", BusyNode.genesis(), "verify")).isEqualTo(1);
            assertThat(text()).contains("another node is running on it");
        }
    }

    @Test
    void shouldCreateNothingWhereThereIsNoNode() throws IOException {
        assertThat(run("nobody", BusyNode.genesis(), "verify")).isEqualTo(1);
        assertThat(text()).contains("There is no node's data in");
        assertThat(directory.resolve("nobody")).doesNotExist();
    }

    @Test
    void shouldExplainItself() throws IOException {
        assertThat(run("node", BusyNode.genesis(), "help")).isZero();
        assertThat(run("node", BusyNode.genesis(), "verify", "--fast")).isEqualTo(2);
        assertThat(run("node", BusyNode.genesis(), "export")).isEqualTo(2);
        assertThat(text()).contains("There is no command 'verify --fast'").contains("import FILE");
        assertThat(directory.resolve("node")).doesNotExist();
    }

    private void live(String node, int blocks) {
        try (RocksStorage storage = RocksStorage.open(directory.resolve(node).resolve("chain"))) {
            BusyNode busy = new BusyNode(storage);
            for (int i = 0; i < blocks; i++) {
                busy.mineOne();
            }
        }
    }

    private int run(String node, Genesis genesis, String... arguments) throws IOException {
        Path genesisFile = directory.resolve("genesis.json");
        Files.writeString(genesisFile, GenesisDocument.of(genesis).toJson());
        NodeConfig config = new SmallRyeConfigBuilder()
                .withMapping(NodeConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "rensa.data-dir",
                                directory.resolve(node).toString(),
                                "rensa.genesis-file",
                                genesisFile.toString()),
                        "test",
                        100))
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(NodeConfig.class);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new MaintenanceCommands(() -> config, out, out, false).run(List.of(arguments));
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
