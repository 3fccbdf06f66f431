package dev.rensa.network.cluster;

import dev.rensa.network.client.ExplorerClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explorer that follows the nodes of a {@link LocalNetwork}: it keeps its ports and its data through kills and restarts. */
public final class LocalExplorer implements AutoCloseable {

    private static final Duration READY_BOUND = Duration.ofSeconds(60);

    private final String name;
    private final int managementPort;
    private final Path log;
    private final Map<String, String> settings;
    private final ExplorerClient client;
    private @Nullable ServiceProcess process;

    /**
     * Prepares an explorer; it is not started.
     *
     * @param settings system properties of its own
     */
    public LocalExplorer(LocalNetwork network, String name, Map<String, String> settings) {
        List<Integer> ports = LocalPorts.free(2);
        this.name = name;
        this.managementPort = ports.getLast();
        this.log = network.directory().resolve(name + ".log");
        this.client = new ExplorerClient(URI.create("http://127.0.0.1:" + ports.getFirst()));
        this.settings = new HashMap<>(settings);
        this.settings.put(
                "rensa.explorer.nodes",
                network.nodes().stream().map(node -> node.url().toString()).collect(Collectors.joining(",")));
        this.settings.put(
                "rensa.explorer.data-dir", network.directory().resolve(name).toString());
        this.settings.put("quarkus.http.port", ports.getFirst().toString());
        this.settings.put("quarkus.management.port", ports.getLast().toString());
    }

    /** Starts one and waits until it is ready. */
    public static LocalExplorer start(LocalNetwork network, Map<String, String> settings) {
        LocalExplorer explorer = new LocalExplorer(network, "explorer", settings);
        explorer.start();
        try {
            explorer.awaitReady();
        } catch (AssertionError e) {
            explorer.close();
            throw e;
        }
        return explorer;
    }

    /** Starts the process without waiting for it. */
    public void start() {
        process = ServiceProcess.start(name, "explorer-service", log, settings);
    }

    /** Waits until the readiness probe answers 200: it has its database and a node. */
    public void awaitReady() {
        running().awaitReady(managementPort, READY_BOUND);
    }

    /** SIGKILL. */
    public void kill() {
        running().kill();
        process = null;
    }

    /** SIGTERM; returns the status that the process ended with, which must come within the bound. */
    public int terminate(Duration bound) {
        int status = running().terminate(bound);
        process = null;
        return status;
    }

    /** A gauge or counter, as its metrics page tells it, summed over all its series of these labels. */
    public double metric(String seriesPrefix) {
        return running().metric(managementPort, seriesPrefix);
    }

    public String name() {
        return name;
    }

    public ExplorerClient client() {
        return client;
    }

    /** SIGTERM, if it runs. */
    @Override
    public void close() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    private ServiceProcess running() {
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return process;
    }
}
