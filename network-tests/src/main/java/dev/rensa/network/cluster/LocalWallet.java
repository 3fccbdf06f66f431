package dev.rensa.network.cluster;

import dev.rensa.network.client.WalletClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A wallet before the nodes of a {@link LocalNetwork}: it keeps its ports and its data through kills and restarts. */
public final class LocalWallet implements AutoCloseable {

    private static final Duration READY_BOUND = Duration.ofSeconds(60);

    private final String name;
    private final int managementPort;
    private final Path log;
    private final Map<String, String> settings;
    private final URI url;
    private final WalletClient client;
    private volatile @Nullable ServiceProcess process;

    /**
     * Prepares a wallet; it is not started.
     *
     * @param settings system properties of its own
     */
    public LocalWallet(LocalNetwork network, String name, Map<String, String> settings) {
        List<Integer> ports = LocalPorts.free(2);
        this.name = name;
        this.managementPort = ports.getLast();
        this.log = network.directory().resolve(name + ".log");
        this.url = URI.create("http://127.0.0.1:" + ports.getFirst());
        this.client = new WalletClient(url);
        this.settings = new HashMap<>(settings);
        this.settings.put(
                "rensa.wallet.nodes",
                network.nodes().stream().map(node -> node.url().toString()).collect(Collectors.joining(",")));
        this.settings.put(
                "rensa.wallet.data-dir", network.directory().resolve(name).toString());
        this.settings.put("quarkus.http.port", ports.getFirst().toString());
        this.settings.put("quarkus.management.port", ports.getLast().toString());
    }

    /** Starts the process without waiting for it. */
    public void start() {
        process = ServiceProcess.start(name, "wallet-service", log, settings);
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

    /** CPU time that the process has used since its start. */
    public Duration cpuTime() {
        return running().cpuTime();
    }

    public WalletClient client() {
        return client;
    }

    /** Where its API is. */
    public URI url() {
        return url;
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
