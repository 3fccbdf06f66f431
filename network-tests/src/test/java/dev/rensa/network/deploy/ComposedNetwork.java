package dev.rensa.network.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rensa.network.client.NodeClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers of compose.yaml, each started as that file says; only their names, and the ports by which this machine reaches
 * them, are others, so that they stand beside whatever else runs here. Closing it removes containers, volumes and network.
 */
final class ComposedNetwork implements AutoCloseable {

    /** Seconds that a container gets to end, as in the file. */
    private static final String GRACE = "20";

    private final ComposeFile file = new ComposeFile();
    private final ContainerEngine engine;
    private final String tag;
    private final String name;
    private final String walletKey;
    private final List<String> containers = new ArrayList<>();

    /**
     * Makes the network; nothing runs on it yet.
     *
     * @param name in front of everything that is made
     */
    ComposedNetwork(ContainerEngine engine, String tag, String name, String walletKey) {
        this.engine = engine;
        this.tag = tag;
        this.name = name;
        this.walletKey = walletKey;
        engine.run("network", "create", "--subnet", file.subnet(), "--ip-range", file.range(), name);
    }

    void start(String service) {
        Map<String, JsonNode> settings = file.service(service);
        List<String> command =
                new ArrayList<>(List.of("run", "--detach", "--pull=never", "--name", container(service)));
        command.addAll(List.of("--network", name));
        file.address(service).ifPresent(address -> command.addAll(List.of("--ip", address)));
        command.addAll(List.of("--user", settings.get("user").asText()));
        if (settings.get("read_only").asBoolean()) {
            command.add("--read-only");
        }
        command.addAll(List.of("--memory", settings.get("mem_limit").asText()));
        texts(settings, "cap_drop").forEach(it -> command.addAll(List.of("--cap-drop", it)));
        texts(settings, "security_opt").forEach(it -> command.addAll(List.of("--security-opt", it)));
        texts(settings, "tmpfs").forEach(it -> command.addAll(List.of("--tmpfs", it)));
        texts(settings, "volumes").forEach(it -> command.addAll(List.of("--volume", name + "-" + it)));
        texts(settings, "ports").forEach(it -> command.addAll(List.of("--publish", "127.0.0.1::" + inside(it))));
        file.environment(service)
                .forEach((key, value) -> command.addAll(List.of("--env", key + "=" + substituted(value))));
        command.add(substituted(settings.get("image").asText()));
        containers.add(container(service));
        engine.run(command.toArray(String[]::new));
    }

    /** What the script of {@code helm test} says, run in the wallet's image on this network. */
    ContainerEngine.Answer transferTest(List<String> nodes) {
        Path script = KubeTools.CHART.resolve("files/transfer-test.sh");
        containers.add(container("transfer"));
        return engine.call(
                "run",
                "--pull=never",
                "--name",
                container("transfer"),
                "--network",
                name,
                "--read-only",
                "--tmpfs",
                "/tmp",
                "--volume",
                script + ":/test/transfer-test.sh:ro",
                "--env",
                "WALLET=" + addressOf("wallet") + ":8090",
                "--env",
                "NODES=" + nodes.stream().map(it -> addressOf(it) + ":8080").collect(Collectors.joining(" ")),
                "--env",
                "API_KEY=" + walletKey,
                "--entrypoint",
                "bash",
                "rensa/wallet:" + tag,
                "/test/transfer-test.sh");
    }

    /** SIGTERM, and the status that the process ended with. */
    int stop(String service) {
        engine.run("stop", "--time", GRACE, container(service));
        return Integer.parseInt(engine.run("inspect", "--format", "{{.State.ExitCode}}", container(service))
                .strip());
    }

    /** The container again that was stopped, with its data. */
    void startAgain(String service) {
        engine.run("start", container(service));
    }

    ContainerEngine.Answer execute(String service, String... command) {
        return engine.call(Stream.concat(Stream.of("exec", container(service)), Stream.of(command))
                .toArray(String[]::new));
    }

    NodeClient node(String service) {
        return new NodeClient(service, url(service, 8080));
    }

    /** Where this machine reaches a port of a container; another one after each start. */
    URI url(String service, int port) {
        String published = engine.run("port", container(service), port + "/tcp");
        return URI.create("http://" + published.lines().findFirst().orElseThrow());
    }

    String log(String service) {
        ContainerEngine.Answer log = engine.call("logs", "--tail", "20", container(service));
        return log.output() + log.errors();
    }

    private String addressOf(String service) {
        return engine.run(
                        "inspect",
                        "--format",
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                        container(service))
                .strip();
    }

    private String container(String service) {
        return name + "-" + service;
    }

    /** {@code 127.0.0.1:8081:8080} → {@code 8080}. */
    private static String inside(String port) {
        return port.substring(port.lastIndexOf(':') + 1);
    }

    private String substituted(String value) {
        return value.replace("${RENSA_REGISTRY:-}", "")
                .replaceAll("\\$\\{RENSA_TAG:-[^}]*}", tag)
                .replaceAll("\\$\\{RENSA_WALLET_KEY:[^}]*}", walletKey);
    }

    private static Stream<String> texts(Map<String, JsonNode> settings, String key) {
        return Manifest.elements(settings.get(key)).map(JsonNode::asText);
    }

    @Override
    public void close() {
        // Each by itself, so that one which fails keeps nothing else back.
        containers.forEach(container -> engine.call("rm", "--force", "--time", "0", container));
        file.volumes().forEach(volume -> engine.call("volume", "rm", "--force", name + "-" + volume));
        engine.call("network", "rm", name);
    }
}
