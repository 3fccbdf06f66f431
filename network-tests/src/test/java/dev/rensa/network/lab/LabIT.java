package dev.rensa.network.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rensa.network.client.ExplorerClient;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.LocalExplorer;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of three nodes is broken and mended through its explorer, and tells the story of a double spend. */
class LabIT {
    private static final long EXPECTED_HASHES = 30_000;
    private static final String KEY = "only for this test";
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** A node may search for a block for two minutes. */
    private static final Duration STEP_BOUND = Duration.ofSeconds(150);

    private static final Map<String, String> NODES = Map.of(
            "rensa.lab.enabled",
            "true",
            "rensa.admin-key",
            KEY,
            "rensa.mining.mode",
            "manual",
            "rensa.discovery.interval",
            "2s");

    @TempDir
    Path directory;

    @Test
    void shouldSplitHealAndTellAStory() {
        Genesis genesis = TestGenesis.of("lab", EXPECTED_HASHES, Block.MAX_TRANSACTION_BYTES / 8, List.of());
        try (LocalNetwork network = new LocalNetwork(directory, 3, genesis, NODES)) {
            network.start(3);
            try (LocalExplorer process =
                    LocalExplorer.start(network, Map.of("rensa.explorer.lab.node-admin-key", KEY))) {
                ExplorerClient explorer = process.client();
                Await.until(
                        "the explorer sees three labs",
                        BOUND,
                        () -> explorer.get("/api/lab").toString(),
                        () -> explorer.get("/api/lab")
                                        .path("nodes")
                                        .findValues("links")
                                        .size()
                                == 3);
                List<String> keys = network.nodes().stream()
                        .map(node -> node.client().status().nodeKey())
                        .toList();

                showsASplitAndTheReorganisationBehindIt(network, explorer, keys);
                assertThat(story(explorer, keys, 2, 3)).isEqualTo("double-spend");
                assertThat(story(explorer, keys, 2, 1)).isEqualTo("payment");
                awaitAllLinked(network);

                explorer.post("/api/lab/story", wish(keys, 2, 3));
                take(explorer, "fund");
                take(explorer, "split");
                Await.until(
                        "the attacker is alone",
                        BOUND,
                        network::summary,
                        () -> network.nodes().getFirst().client().status().peers() == 0);
                process.terminate(BOUND);
                // Left alone the cut would stand for a quarter of an hour.
                awaitAllLinked(network);
            }
        }
    }

    private static void awaitAllLinked(LocalNetwork network) {
        Await.until(
                "everybody is linked to everybody again",
                BOUND,
                network::summary,
                () -> network.nodes().stream()
                        .allMatch(node -> node.client().status().peers() == 2));
    }

    private static void showsASplitAndTheReorganisationBehindIt(
            LocalNetwork network, ExplorerClient explorer, List<String> keys) {
        order(explorer, "split", Map.of("left", keys.subList(0, 1), "right", keys.subList(1, 3)));
        order(explorer, "mining", Map.of("nodes", keys.subList(0, 1), "action", "mine", "blocks", 1));
        order(explorer, "mining", Map.of("nodes", keys.subList(1, 2), "action", "mine", "blocks", 2));

        long partedNanos = System.nanoTime();
        Await.until(
                "the split is shown",
                BOUND,
                () -> explorer.get("/api/agreement").toString(),
                () -> explorer.get("/api/agreement").path("state").asText().equals("split"));
        System.out.println("LabIT: the split is shown after "
                + Duration.ofNanos(System.nanoTime() - partedNanos).toMillis() + " ms");
        Await.until(
                "the node says why it has no peers",
                BOUND,
                () -> network.nodes().getFirst().client().peers().toString(),
                () -> network.nodes().getFirst().client().peers().candidates().stream()
                        .anyMatch(candidate -> "cut-by-lab".equals(candidate.code())));

        order(explorer, "heal", Map.of());
        network.awaitAgreement();
        Await.until(
                "the reorganisation is recorded",
                BOUND,
                () -> explorer.get("/api/reorganisations").toString(),
                () -> StreamSupport.stream(
                                explorer.get("/api/reorganisations")
                                        .path("reorganisations")
                                        .spliterator(),
                                false)
                        .anyMatch(change -> change.path("nodeKey").asText().equals(keys.getFirst())
                                && change.path("depth").asInt() == 1));
    }

    /** Plays it to its end. */
    private static String story(ExplorerClient explorer, List<String> keys, int confirmations, int attackerBlocks) {
        JsonNode story = explorer.post("/api/lab/story", wish(keys, confirmations, attackerBlocks));
        for (String step : List.of("fund", "split", "pay", "mine", "heal")) {
            assertThat(story.path("step").asText()).as("%s", story).isEqualTo(step);
            story = take(explorer, step);
        }
        assertThat(story.path("state").asText()).as("%s", story).isEqualTo("done");
        assertThat(story.path("facts").path("merchantSaw").asInt()).isEqualTo(confirmations);
        return story.path("facts").path("stands").asText();
    }

    /** One in which node-0 attacks. */
    private static Map<String, Object> wish(List<String> keys, int confirmations, int attackerBlocks) {
        return Map.of(
                "honest",
                keys.subList(1, 3),
                "attackers",
                keys.subList(0, 1),
                "confirmations",
                confirmations,
                "attackerBlocks",
                attackerBlocks);
    }

    private static JsonNode take(ExplorerClient explorer, String step) {
        explorer.post("/api/lab/story/next", Map.of());
        Await.until(
                "the step " + step + " is done",
                STEP_BOUND,
                () -> explorer.get("/api/lab/story").toString(),
                () -> !explorer.get("/api/lab/story").path("state").asText().equals("running"));
        return explorer.get("/api/lab/story");
    }

    private static void order(ExplorerClient explorer, String path, Object wish) {
        JsonNode report = explorer.post("/api/lab/" + path, wish);
        assertThat(report.path("done").asBoolean()).as("%s", report).isTrue();
    }
}
