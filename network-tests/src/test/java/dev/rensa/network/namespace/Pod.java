package dev.rensa.network.namespace;

import dev.rensa.network.client.NodeClient;
import dev.rensa.network.cluster.ServiceProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A packaged node on a machine of its own, set up as the chart sets it up. Its data outlive it. */
final class Pod {

    private static final Duration READY_BOUND = Duration.ofSeconds(60);
    private static final Duration STOP_BOUND = Duration.ofSeconds(15);

    private final String name;
    private final SwitchedNetwork.Machine machine;
    private final Path directory;
    private final Path resolvConf;
    private final Map<String, String> settings;
    private final NodeClient client;
    private String address;
    private ServiceProcess process;

    /**
     * A pod; nothing runs yet.
     *
     * @param shared settings that all nodes have
     */
    Pod(
            String name,
            SwitchedNetwork.Machine machine,
            String address,
            Path directory,
            Path resolvConf,
            Map<String, String> shared) {
        this.name = name;
        this.machine = machine;
        this.address = address;
        this.directory = directory;
        this.resolvConf = resolvConf;
        this.client = new NodeClient(name, URI.create("http://" + machine.deskAddress() + ":8080"));
        this.settings = new TreeMap<>(shared);
        settings.put("rensa.name", name);
        settings.put("rensa.data-dir", directory.resolve(name).toString());
        settings.put("rensa.peer.host", "0.0.0.0");
        settings.put("rensa.discovery.dns.names", "_peer._tcp." + ClusterDns.SERVICE);
        settings.put("quarkus.http.host", "0.0.0.0");
        settings.put("quarkus.management.host", "0.0.0.0");
    }

    void start() {
        process = ServiceProcess.startBy(
                SwitchedNetwork.launcher(machine.namespace(), resolvConf),
                name,
                "node-service",
                directory.resolve(name + ".log"),
                List.of("-XX:TieredStopAtLevel=1"),
                settings);
    }

    void awaitReady() {
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        process.awaitReady(URI.create("http://" + machine.deskAddress() + ":9000"), READY_BOUND);
    }

    /** SIGTERM, as a pod gets it that is deleted. */
    void terminate() {
        if (process != null) {
            process.terminate(STOP_BOUND);
            process = null;
        }
    }

    /** Ends it, whatever state it is in. */
    void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Its next start is at this address. */
    void moveTo(String newAddress) {
        machine.moveTo(newAddress);
        address = newAddress;
    }

    String name() {
        return name;
    }

    String address() {
        return address;
    }

    NodeClient client() {
        return client;
    }

    boolean isRunning() {
        return process != null;
    }
}
