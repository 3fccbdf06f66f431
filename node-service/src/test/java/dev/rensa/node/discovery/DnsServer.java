package dev.rensa.node.discovery;

import dev.rensa.node.peer.PeerAddress;
import dev.rensa.node.peer.PeerNode;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.naming.NamingException;

/** Debian's dnsmasq on a port of loopback: a real DNS server whose records a test changes. */
final class DnsServer implements AutoCloseable {

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/dnsmasq"), Path.of("/usr/bin/dnsmasq"), Path.of("/opt/homebrew/sbin/dnsmasq"));
    private static final long STOP_SECONDS = 10;
    private static final int PORT_TRIES = 20;

    /** A name that every configuration has, by which a start is noticed. */
    private static final String SENTINEL = "sentinel.rensa.test";

    private final Path directory;
    private final int port;
    private int generation;
    private Process process;

    DnsServer(Path directory) throws IOException {
        this.directory = directory;
        this.port = freePort();
        this.process = start(List.of());
    }

    /** A port that nobody has for datagrams nor for connections: DNS is served on both. */
    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        IOException taken = new IOException("no port was tried");
        for (int i = 0; i < PORT_TRIES; i++) {
            try (ServerSocket connections = new ServerSocket(0, 1, loopback);
                    DatagramSocket datagrams = new DatagramSocket(connections.getLocalPort(), loopback)) {
                return datagrams.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    PeerAddress address() {
        return new PeerAddress("127.0.0.1", port);
    }

    /** Answers with these records from now on: lines of dnsmasq.conf(5). */
    void serve(String... records) throws IOException {
        stop();
        process = start(List.of(records));
    }

    private Process start(List<String> records) throws IOException {
        generation++;
        String now = "192.0.2." + generation;
        Path configuration = Files.write(
                directory.resolve("dnsmasq.conf"),
                Stream.concat(
                                Stream.of(
                                        "port=" + port,
                                        "listen-address=127.0.0.1",
                                        "bind-interfaces",
                                        "no-resolv",
                                        "no-hosts",
                                        "local=/test/nodes/",
                                        "host-record=" + SENTINEL + "," + now),
                                records.stream())
                        .toList());
        Process started = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "--keep-in-foreground",
                        "--user=",
                        "--pid-file",
                        "--conf-file=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("dnsmasq.log").toFile())
                .start();
        try {
            awaitAnswer(started, now);
        } catch (AssertionError e) {
            started.destroyForcibly();
            throw e;
        }
        return started;
    }

    private void awaitAnswer(Process started, String now) {
        PeerNode.await("dnsmasq to answer", () -> {
            if (!started.isAlive()) {
                throw new AssertionError("dnsmasq ended: " + log());
            }
            try {
                return DnsQuery.records(Optional.of(address()), SENTINEL, "A").equals(List.of(now));
            } catch (NamingException e) {
                return false;
            }
        });
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
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
