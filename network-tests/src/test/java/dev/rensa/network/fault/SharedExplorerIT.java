package dev.rensa.network.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalExplorer;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.transaction.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two explorers on one PostgreSQL: whichever ends, the other goes on, and both outlive the database's end. */
class SharedExplorerIT {

    private static final long EXPECTED_HASHES = 100;
    private static final int TRANSFERS = 20;
    private static final int FIRST_BLOCKS = 10;
    private static final Duration LEASE = Duration.ofSeconds(4);

    /** The right is looked at four times in a lease. */
    private static final Duration LOOK = LEASE.dividedBy(4);

    /** What a busy machine may take beside that for a block's way into the index. */
    private static final Duration BESIDE = Duration.ofMillis(2_500);

    private static final Duration STOP_BOUND = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** 128 + 15: ended by SIGTERM. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    private final FundedAccount payer = new FundedAccount(0);
    private final Genesis genesis =
            TestGenesis.of("shared-explorer", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, List.of(payer));

    @Test
    void shouldGoOnWhateverEnds() throws Exception {
        try (LocalPostgres postgres =
                        LocalPostgres.at(directory.resolve("postgres").resolve("data"));
                LocalNetwork network = new LocalNetwork(directory, 1, genesis, Map.of("rensa.mining.mode", "manual"));
                LocalExplorer one = explorer(network, "explorer-1", postgres);
                LocalExplorer other = explorer(network, "explorer-2", postgres)) {
            one.start();
            other.start();
            network.start(1);
            LocalNode node = network.nodes().getFirst();
            one.awaitReady();
            other.awaitReady();
            node.client().submit(transfers());
            mine(node, FIRST_BLOCKS);
            awaitIndexed(one, node, BOUND);
            awaitIndexed(other, node, BOUND);

            postgres.writeThrough();
            postgres.killAndRestart();
            mine(node, 1);
            awaitIndexed(one, node, BOUND);
            awaitIndexed(other, node, BOUND);

            LocalExplorer writer = writes(one) ? one : other;
            LocalExplorer heir = writer == one ? other : one;
            assertThat(writes(heir)).isFalse();
            writer.kill();
            mine(node, 1);
            awaitIndexed(heir, node, LEASE.plus(LOOK).plus(BESIDE));
            assertThat(writes(heir)).isTrue();

            writer.start();
            writer.awaitReady();
            awaitIndexed(writer, node, BOUND);
            assertThat(writes(writer)).isFalse();
            String ended = holder(postgres);
            assertThat(heir.terminate(STOP_BOUND)).isEqualTo(TERMINATED);
            // It gave the right up; waiting for the lease's end would prove nothing.
            assertThat(holder(postgres)).isNotEqualTo(ended);
            mine(node, 1);
            awaitIndexed(writer, node, BOUND);
            assertThat(writes(writer)).isTrue();

            assertEqualsOneBuiltFromNothing(postgres, writer, node);
            assertToldOnce(writer, node);
        }
    }

    private static String holder(LocalPostgres postgres) throws SQLException {
        return postgres.rows("SELECT holder FROM index_writer");
    }

    private static LocalExplorer explorer(LocalNetwork network, String name, LocalPostgres postgres) {
        Map<String, String> settings = new HashMap<>(postgres.explorerSettings());
        settings.put("rensa.explorer.lease", LEASE.toMillis() + "ms");
        return new LocalExplorer(network, name, settings);
    }

    private List<Transaction> transfers() {
        FundedAccount recipient = new FundedAccount(1);
        return IntStream.range(0, TRANSFERS)
                .mapToObj(_ ->
                        payer.transfer(genesis.networkHash(), recipient.publicKey(), Amount.ofMon(7), Amount.ofMon(1)))
                .toList();
    }

    private static void mine(LocalNode node, int blocks) {
        assertThat(node.client().mine(blocks)).hasSize(blocks);
    }

    private static boolean writes(LocalExplorer explorer) {
        return explorer.metric("rensa_explorer_index_writer") == 1;
    }

    private static void awaitIndexed(LocalExplorer explorer, LocalNode node, Duration bound) {
        long height = node.client().status().height();
        long began = System.nanoTime();
        Await.until(
                explorer.name() + " shows block " + height,
                bound,
                () -> explorer.client().get("/api/index").toString(),
                () -> explorer.client().get("/api/index").path("height").asLong() == height);
        System.out.println("SharedExplorerIT: " + explorer.name() + " shows block " + height + " after "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
    }

    private static void assertEqualsOneBuiltFromNothing(LocalPostgres postgres, LocalExplorer explorer, LocalNode node)
            throws SQLException {
        String kept = index(postgres);
        assertThat(kept.lines().count()).isGreaterThan(TRANSFERS + FIRST_BLOCKS);
        String row = postgres.rows("SELECT xmin FROM block WHERE height = 0");

        explorer.client().post("/api/index/rebuild", Map.of());
        Await.until(
                "the index is built anew",
                BOUND,
                () -> row,
                () -> !row(postgres).equals(row));
        awaitIndexed(explorer, node, BOUND);

        assertThat(index(postgres)).isEqualTo(kept);
    }

    private static String row(LocalPostgres postgres) {
        try {
            return postgres.rows("SELECT xmin FROM block WHERE height = 0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String index(LocalPostgres postgres) throws SQLException {
        return postgres.rows("SELECT * FROM index_cursor ORDER BY id")
                + postgres.rows("SELECT * FROM block ORDER BY height")
                + postgres.rows("SELECT * FROM transfer ORDER BY place")
                + postgres.rows("SELECT * FROM account ORDER BY key");
    }

    /** Every block that was mined while an explorer ran was told, and nothing was told twice. */
    private static void assertToldOnce(LocalExplorer explorer, LocalNode node) {
        long height = node.client().status().height();
        Await.until(
                "all blocks are told",
                BOUND,
                () -> heights(explorer).toString(),
                () -> heights(explorer).size() >= height);
        assertThat(heights(explorer))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, height).boxed().toList());
        String head = "";
        for (JsonNode event : events(explorer)) {
            if (event.path("name").asText().equals("head")) {
                String next = event.path("data").path("hash").asText();
                assertThat(next).as("%s", event).isNotEqualTo(head);
                head = next;
            }
        }
    }

    private static List<Long> heights(LocalExplorer explorer) {
        List<Long> heights = new ArrayList<>();
        for (JsonNode event : events(explorer)) {
            if (event.path("name").asText().equals("block")) {
                heights.add(event.path("data").path("height").asLong());
            }
        }
        return heights;
    }

    private static JsonNode events(LocalExplorer explorer) {
        return explorer.client().get("/api/replay?limit=2000").path("events");
    }
}
