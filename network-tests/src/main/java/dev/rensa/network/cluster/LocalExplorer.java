package dev.rensa.network.cluster;

import dev.rensa.network.client.ExplorerClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An explorer that follows the nodes of a {@link LocalNetwork}. Closing it stops it. */
public final class LocalExplorer implements AutoCloseable {

    private static final Duration READY_BOUND = Duration.ofSeconds(60);

    private final ServiceProcess process;
    private final ExplorerClient client;

    private LocalExplorer(ServiceProcess process, ExplorerClient client) {
        this.process = process;
        this.client = client;
    }

    /** Starts one and waits until it is ready. */
    public static LocalExplorer start(LocalNetwork network, Map<String, String> settings) {
        List<Integer> ports = LocalPorts.free(2);
        Path directory = network.directory();
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "rensa.explorer.nodes",
                network.running().stream().map(node -> node.url().toString()).collect(Collectors.joining(",")));
        all.put("rensa.explorer.data-dir", directory.resolve("explorer").toString());
        all.put("quarkus.http.port", ports.getFirst().toString());
        all.put("quarkus.management.port", ports.getLast().toString());
        ServiceProcess process =
                ServiceProcess.start("explorer", "explorer-service", directory.resolve("explorer.log"), all);
        try {
            process.awaitReady(ports.getLast(), READY_BOUND);
        } catch (AssertionError e) {
            process.stop();
            throw e;
        }
        return new LocalExplorer(process, new ExplorerClient(URI.create("http://127.0.0.1:" + ports.getFirst())));
    }

    public ExplorerClient client() {
        return client;
    }

    @Override
    public void close() {
        process.stop();
    }
}
