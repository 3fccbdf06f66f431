package dev.rensa.network.deploy;

import static dev.rensa.network.deploy.Manifest.elements;
import static dev.rensa.network.deploy.Manifest.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rensa.network.client.NodeClient;
import dev.rensa.network.client.UnansweredException;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.process.RensaScript;
import dev.rensa.protocol.api.StatusView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images as {@code ./rensa images} builds them, and the containers of compose.yaml made from them. */
@Tag("images")
class ImagesIT {

    private static final List<String> SERVICES = List.of("node", "wallet", "explorer");
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
    private static final Duration BOUND = Duration.ofSeconds(90);

    /** 128 + 15: ended by SIGTERM. */
    private static final int TERMINATED = 143;

    /** Nobody else's tag, so that images which are in use are left alone. */
    private static final String TAG = "test-" + ProcessHandle.current().pid();

    private static final String CACHED_TAG = TAG + "-aot";

    @TempDir
    static Path home;

    private static ContainerEngine engine;

    @BeforeAll
    static void buildImages() {
        assumeTrue(
                Boolean.getBoolean("containers"),
                "Images are built and run where that is asked for: ./rensa test -Dcontainers=true");
        Optional<ContainerEngine> found = ContainerEngine.find();
        assumeTrue(
                found.isPresent(),
                "Neither docker nor podman answers, so no image is built (Debian: apt install podman)");
        assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "The images' base is made of this machine's own files, and this is no Linux");
        engine = found.orElseThrow();
        build(TAG);
        engine = engine.ableToRun(image("node"), home);
    }

    @AfterAll
    static void removeImages() {
        if (engine != null) {
            SERVICES.forEach(service -> engine.call("rmi", "--force", image(service)));
            engine.call("rmi", "--force", "rensa/node:" + CACHED_TAG);
        }
    }

    private static void build(String tag, String... arguments) {
        RensaScript rensa = KubeTools.rensa()
                .with("RENSA_HOME", home)
                .with("RENSA_TAG", tag)
                .with("RENSA_CONTAINERS", engine.program());
        for (Map.Entry<String, String> variable : engine.environment().entrySet()) {
            rensa = rensa.with(variable.getKey(), variable.getValue());
        }
        RensaScript.Outcome built = rensa.run(Stream.concat(Stream.of("images", "--own-base"), Stream.of(arguments))
                .toArray(String[]::new));
        assertThat(built.exitCode()).as(built.output()).isZero();
    }

    private static String image(String service) {
        return "rensa/" + service + ":" + TAG;
    }

    /** A container that is gone when its program has ended. */
    private static ContainerEngine.Answer once(String... arguments) {
        return engine.call(Stream.concat(Stream.of("run", "--rm", "--pull=never"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** What the chart gives the JVM of a service. */
    private static String chartsFlags(String service) {
        return Manifest.read(KubeTools.CHART.resolve("values.yaml"))
                .at("/" + service + "/jvmOptions")
                .asText();
    }

    private static JsonNode inspect(String service) {
        try {
            return Manifest.YAML
                    .readTree(engine.run("image", "inspect", image(service)))
                    .path(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldBeWhatTheChartRuns() {
        Map<String, Set<String>> ports = Map.of(
                "node", Set.of("8080/tcp", "7400/tcp", "9000/tcp"),
                "wallet", Set.of("8090/tcp", "9010/tcp"),
                "explorer", Set.of("8070/tcp", "9020/tcp"));
        String version = Manifest.read(KubeTools.CHART.resolve("Chart.yaml"))
                .path("appVersion")
                .asText();
        for (String service : SERVICES) {
            JsonNode config = inspect(service).path("Config");
            assertThat(config.path("User").asText()).as(service).isEqualTo("10001");
            assertThat(texts(config.path("ExposedPorts")).keySet()).as(service).isEqualTo(ports.get(service));
            assertThat(elements(config.path("Entrypoint")).map(JsonNode::asText))
                    .as(service)
                    .startsWith("java")
                    .containsSequence("-jar", "quarkus-run.jar");
            assertThat(texts(config.path("Labels")))
                    .as(service)
                    .containsEntry("org.opencontainers.image.title", "rensa-" + service)
                    .containsEntry("org.opencontainers.image.version", version)
                    .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                    .containsKey("org.opencontainers.image.description");
        }
    }

    @Test
    void shouldRunAsNobodyOnAReadOnlyRoot() {
        ContainerEngine.Answer user = once("--entrypoint", "id", image("node"), "-u");
        assertThat(user.orFail().strip()).isEqualTo("10001");

        // What stands behind the image is the program's own command line.
        ContainerEngine.Answer verify = once(
                "--read-only",
                "--cap-drop",
                "ALL",
                "--tmpfs",
                "/tmp",
                "--env",
                "RENSA_DATA_DIR=/tmp/data",
                image("node"),
                "verify");
        assertThat(verify.errors() + verify.output()).contains("There is no node's data in /tmp/data");
        assertThat(verify.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldStartFromACacheIfThatIsAskedFor() {
        build(CACHED_TAG, "--aot", "node");

        for (String memory : List.of("1g", "2g")) {
            // With this mode a JVM that cannot use its cache does not start.
            ContainerEngine.Answer verify = once(
                    "--read-only",
                    "--tmpfs",
                    "/tmp",
                    "--memory",
                    memory,
                    "--env",
                    "RENSA_DATA_DIR=/tmp/data",
                    "--env",
                    "JAVA_TOOL_OPTIONS=-XX:AOTMode=on " + chartsFlags("node"),
                    "rensa/node:" + CACHED_TAG,
                    "verify");
            assertThat(verify.errors() + verify.output()).contains("There is no node's data in /tmp/data");
            assertThat(verify.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void shouldGiveTheHeapHalfOfTheMemory() {
        for (String service : SERVICES) {
            ContainerEngine.Answer settings = once(
                    "--memory",
                    "768m",
                    "--env",
                    "JAVA_TOOL_OPTIONS=" + chartsFlags(service),
                    "--entrypoint",
                    "java",
                    image(service),
                    "-XX:+PrintFlagsFinal",
                    "-version");
            assertThat(settings.orFail()).as(service).containsPattern("MaxHeapSize += 402653184 ");
        }
    }

    @Test
    void shouldListWhatIsInThem() throws IOException {
        for (String service : SERVICES) {
            Path target = KubeTools.ROOT.resolve(service + "-service/target");
            try (Stream<Path> files = Files.list(target);
                    Stream<Path> jars = Files.walk(target.resolve("quarkus-app/lib"))) {
                Path bill = files.filter(it -> it.toString().endsWith("-cyclonedx.json"))
                        .findFirst()
                        .orElseThrow();
                JsonNode components = Manifest.read(bill).path("components");
                Set<String> listed = elements(components)
                        .map(it -> it.path("group").asText() + "."
                                + it.path("name").asText() + "-"
                                + it.path("version").asText())
                        .collect(Collectors.toSet());

                assertThat(jars.map(it -> it.getFileName().toString()).filter(it -> it.endsWith(".jar")))
                        .as(service)
                        .isNotEmpty()
                        .allMatch(jar -> listed.stream().anyMatch(it -> jar.startsWith(it)), "stands in " + bill);
            }
        }
    }

    @Test
    void shouldKeepTheArticlesNetwork() {
        String key = "test-key-" + "0123456789abcdef".repeat(2);
        try (ComposedNetwork network = new ComposedNetwork(engine, TAG, "rensa-" + TAG, key)) {
            NODES.forEach(network::start);
            List.of("wallet", "explorer").forEach(network::start);
            awaitMesh(network);

            assertThat(network.execute("node-1", "bash", "-c", ": >/home/jboss/written")
                            .errors())
                    .contains("Read-only file system");

            ContainerEngine.Answer transfer = network.transferTest(NODES);
            System.out.println(transfer.output());
            assertThat(transfer.output())
                    .as(transfer.errors())
                    .contains("The faucet pays A", "Every node agrees that B was paid");
            assertThat(transfer.exitCode()).isZero();
            await(network, "the explorer sees them agree", () -> explorerSays(network, "\"one\""));

            leaveAndReturn(network, "node-3");
        }
    }

    private static void leaveAndReturn(ComposedNetwork network, String leaving) {
        StatusView before = network.node(leaving).status();
        assertThat(network.stop(leaving)).isEqualTo(TERMINATED);
        NodeClient other = network.node("node-1");
        await(network, "the others mine on", () -> other.status().height() > before.height() + 1);

        network.startAgain(leaving);

        awaitMesh(network);
        StatusView after = network.node(leaving).status();
        assertThat(after.nodeKey()).isEqualTo(before.nodeKey());
        await(
                network,
                "all have one head",
                () -> NODES.stream()
                                .map(it -> network.node(it).status().tip())
                                .distinct()
                                .count()
                        == 1);
        assertThat(network.node(leaving).hashAt(before.height())).isEqualTo(other.hashAt(before.height()));
    }

    /** Each node is ready and has found the two others, by knocking at addresses alone. */
    private static void awaitMesh(ComposedNetwork network) {
        await(
                network,
                "each node knows the others",
                () -> NODES.stream().allMatch(it -> {
                    StatusView status = network.node(it).status();
                    return status.ready() && status.peers() == NODES.size() - 1;
                }));
    }

    private static boolean explorerSays(ComposedNetwork network, String state) {
        try (InputStream answer =
                network.url("explorer", 8070).resolve("/api/agreement").toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("\"state\":" + state);
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(ComposedNetwork network, String what, BooleanSupplier condition) {
        Await.until(
                what,
                BOUND,
                Duration.ofMillis(250),
                () -> NODES.stream().map(network::log).collect(Collectors.joining("\n")),
                () -> {
                    try {
                        return condition.getAsBoolean();
                    } catch (UnansweredException e) {
                        return false;
                    }
                });
    }

    @Test
    void shouldHaveTheSameLayersWhenTheyAreBuiltAgain() throws IOException {
        List<String> before = layers("node");
        for (String made : List.of("protocol/target", "node-service/target")) {
            try (Stream<Path> files = Files.list(KubeTools.ROOT.resolve(made))) {
                for (Path jar :
                        files.filter(it -> it.toString().endsWith(".jar")).toList()) {
                    Files.delete(jar);
                }
            }
        }

        build(TAG, "node");

        List<String> after = layers("node");
        assertThat(after).hasSameSizeAs(before);
        // What Quarkus generates is numbered in another order each time.
        assertThat(after).filteredOn(layer -> !before.contains(layer)).hasSizeLessThanOrEqualTo(1);
    }

    private static List<String> layers(String service) {
        return elements(inspect(service).at("/RootFS/Layers"))
                .map(JsonNode::asText)
                .toList();
    }
}
