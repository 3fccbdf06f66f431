package dev.rensa.network.cluster;

import dev.rensa.network.client.NodeClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node of a {@link LocalNetwork}: it keeps its ports and its data through kills and restarts. */
public final class LocalNode {

    private static final Duration READY_BOUND = Duration.ofSeconds(60);

    private final String name;
    private final int httpPort;
    private final int managementPort;
    private final int peerPort;
    private final Path log;
    private final Map<String, String> settings;
    private final NodeClient client;
    private volatile @Nullable ServiceProcess process;

    LocalNode(
            String name, int httpPort, int managementPort, int peerPort, Path directory, Map<String, String> settings) {
        this.name = name;
        this.httpPort = httpPort;
        this.managementPort = managementPort;
        this.peerPort = peerPort;
        this.log = directory.resolve(name + ".log");
        this.client = new NodeClient(name, url());
        this.settings = new HashMap<>(settings);
        this.settings.put("rensa.name", name);
        this.settings.put("rensa.data-dir", directory.resolve(name).toString());
        this.settings.put("rensa.peer.host", "127.0.0.1");
        this.settings.put("rensa.peer.port", Integer.toString(peerPort));
        this.settings.put("quarkus.http.host", "127.0.0.1");
        this.settings.put("quarkus.http.port", Integer.toString(httpPort));
        this.settings.put("quarkus.management.host", "127.0.0.1");
        this.settings.put("quarkus.management.port", Integer.toString(managementPort));
    }

    /** Starts the process without waiting for it. */
    public void start() {
        start(List.of());
    }

    /** Starts the process with further options for its JVM. */
    public void start(List<String> jvmOptions) {
        process = ServiceProcess.start(name, "node-service", log, jvmOptions, settings);
    }

    /** Waits until the readiness probe answers 200. */
    public void awaitReady() {
        running().awaitReady(managementPort, READY_BOUND);
    }

    /** Waits until the liveness probe answers 200. */
    public void awaitLive() {
        running().awaitLive(managementPort, READY_BOUND);
    }

    /** SIGKILL. */
    public void kill() {
        running().kill();
        process = null;
    }

    /** SIGTERM, if it runs. */
    public void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** SIGTERM; returns the status that the process ended with, which must come within the bound. */
    public int terminate(Duration bound) {
        int status = running().terminate(bound);
        process = null;
        return status;
    }

    /** Waits until the process has ended by itself, within the bound; returns its status. */
    public int awaitEnd(Duration bound) {
        int status = running().awaitEnd(bound);
        process = null;
        return status;
    }

    /** Number of the process. */
    public long processId() {
        return running().id();
    }

    /** A gauge or counter of the node, as its metrics page tells it, summed over all its series of these labels. */
    public double metric(String seriesPrefix) {
        return running().metric(managementPort, seriesPrefix);
    }

    /** SIGTERM, with more time to end than a node alone needs. */
    public void stop(Duration bound) {
        running().stop(bound);
        process = null;
    }

    /** CPU time that the process has used since its start. */
    public Duration cpuTime() {
        return running().cpuTime();
    }

    public boolean isRunning() {
        return process != null;
    }

    public NodeClient client() {
        return client;
    }

    public String name() {
        return name;
    }

    public int peerPort() {
        return peerPort;
    }

    public Path log() {
        return log;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    private ServiceProcess running() {
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return process;
    }
}
