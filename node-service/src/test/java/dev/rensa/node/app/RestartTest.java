package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.node.api.EventStream;
import dev.rensa.node.api.TestNetwork;
import dev.rensa.node.mempool.Admission;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.GenesisDocument;
import dev.rensa.protocol.transaction.Transaction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps when it stops and starts, when it mines, and what keeps it from starting. */
class RestartTest {

    private static final long BOUND_SECONDS = 20;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldKeepItsKeyItsChainAndItsMempool() throws Exception {
        Transaction waiting = TestNetwork.transfer(0, 0, 700, 10);
        RunningNode first = open(Map.of());
        first.start();
        List<Block> mined =
                first.miner.mine(Optional.empty(), 3).toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
        Admission admission =
                first.submissions.submit(waiting).toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
        first.stop();

        RunningNode second = open(Map.of());
        second.start();
        try {
            assertThat(admission).isEqualTo(new Admission.Pending());
            assertThat(second.facts.nodeKey()).isEqualTo(first.facts.nodeKey());
            assertThat(second.chain.head().hash()).isEqualTo(mined.getLast().hash());
            await(() -> second.mempool.contains(waiting.id()));
        } finally {
            second.stop();
        }
    }

    @Test
    void shouldMineOnItsOwnWithinTheCap() throws Exception {
        RunningNode node =
                open(Map.of("rensa.mining.mode", "continuous", "rensa.mining.max-hashes-per-second", "1000"));
        node.start();
        try {
            await(() -> node.chain.head().height() >= 3);
            assertThat(node.miner.status().running()).isTrue();
        } finally {
            node.stop();
        }
    }

    @Test
    void shouldMineOnDemandWhatWaits() throws Exception {
        RunningNode node = open(Map.of("rensa.mining.mode", "on-demand", "rensa.mining.heartbeat", "1h"));
        Transaction transfer = TestNetwork.transfer(0, 0, 700, 10);
        node.start();
        try {
            await(() -> node.chain.head().height() == 1);
            node.submissions.submit(transfer).toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
            await(() -> node.chain.position(transfer.id()).isPresent());
        } finally {
            node.stop();
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsInUse() throws Exception {
        RunningNode first = open(Map.of());
        try {
            assertThatThrownBy(() -> open(Map.of()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("rensa.data-dir");
        } finally {
            first.stop();
        }
    }

    @Test
    void shouldRefuseTheDevelopmentNetworkInProduction() {
        assertThatThrownBy(() -> open(Map.of("rensa.production", "true", "rensa.genesis-file", "")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("rensa.genesis-file");
    }

    @Test
    void shouldRefuseTheLabInProduction() {
        assertThatThrownBy(() -> open(Map.of("rensa.production", "true", "rensa.lab.enabled", "true")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("rensa.lab.enabled");
    }

    private RunningNode open(Map<String, String> settings) throws IOException {
        Path genesis = directory.resolve("genesis.json");
        Files.writeString(genesis, GenesisDocument.of(TestNetwork.GENESIS).toJson());
        Map<String, String> all = new HashMap<>(Map.of(
                "rensa.data-dir",
                directory.resolve("data").toString(),
                "rensa.genesis-file",
                genesis.toString(),
                "rensa.peer.port",
                "0",
                "rensa.mining.mode",
                "manual"));
        all.putAll(settings);
        NodeConfig config = new SmallRyeConfigBuilder()
                .withMapping(NodeConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(NodeConfig.class);
        return new RunningNode(
                config,
                "test",
                vertx,
                InstantSource.system(),
                new EventStream(new ObjectMapper(), NodeSettings.events(config), InstantSource.system()),
                new NodeCounters(new SimpleMeterRegistry()));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
