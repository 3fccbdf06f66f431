package dev.rensa.network.namespace;

import dev.rensa.network.cluster.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A name server that answers for a headless service as Kubernetes' does: A records of the service and of each pod, and an SRV
 * record of each pod for the port called {@code peer}. It asks nobody else.
 */
final class ClusterDns implements AutoCloseable {

    /** How the chart names the service to nodes. */
    static final String SERVICE = "rensa-peers";

    private static final String DOMAIN = "chain.svc.cluster.local";
    private static final int PEER_PORT = 7400;
    private static final int DNS_PORT = 53;
    private static final Duration START_BOUND = Duration.ofSeconds(10);
    private static final long STOP_SECONDS = 5;

    private final SwitchedNetwork network;
    private final Path directory;
    private final Map<String, String> pods = new TreeMap<>();
    private Process process;

    ClusterDns(SwitchedNetwork network, Path directory) {
        this.network = network;
        this.directory = directory;
        this.process = start();
    }

    static Optional<Path> program() {
        return Stream.of(Path.of("/usr/sbin/dnsmasq"), Path.of("/usr/bin/dnsmasq"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The resolv.conf of a pod. */
    Path resolvConf() {
        try {
            return Files.writeString(
                    directory.resolve("resolv.conf"),
                    "nameserver %s\nsearch %s svc.cluster.local cluster.local\noptions ndots:5\n"
                            .formatted(network.nameServer(), DOMAIN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a pod's address, or its new one. */
    void publish(String pod, String address) {
        pods.put(pod, address);
        restart();
    }

    void withdraw(String pod) {
        pods.remove(pod);
        restart();
    }

    private void restart() {
        stop();
        process = start();
    }

    private Process start() {
        String service = SERVICE + "." + DOMAIN;
        List<String> lines = new ArrayList<>(List.of(
                "listen-address=" + network.nameServer(),
                "bind-interfaces",
                "no-resolv",
                "no-hosts",
                "local=/cluster.local/"));
        pods.forEach((pod, address) -> {
            lines.add("host-record=%s,%s".formatted(service, address));
            lines.add("host-record=%s.%s,%s".formatted(pod, service, address));
            lines.add("srv-host=_peer._tcp.%s,%s.%s,%d".formatted(service, pod, service, PEER_PORT));
        });
        try {
            Path configuration = Files.write(directory.resolve("dnsmasq.conf"), lines);
            List<String> command = new ArrayList<>(SwitchedNetwork.launcher(network.hub(), resolvConf()));
            command.addAll(List.of(
                    program().orElseThrow().toString(),
                    "--keep-in-foreground",
                    "--user=",
                    "--pid-file",
                    "--conf-file=" + configuration));
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("dnsmasq.log").toFile()))
                    .start();
            awaitListening(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(Process started) {
        try {
            Await.until("the name server listens", START_BOUND, this::log, () -> {
                if (!started.isAlive()) {
                    throw new AssertionError("dnsmasq ended: " + log());
                }
                return isListening();
            });
        } catch (AssertionError e) {
            started.destroyForcibly();
            throw e;
        }
    }

    /** It has read its records before it listens. */
    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(network.nameServer(), DNS_PORT), (int) START_BOUND.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("dnsmasq.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
