package dev.rensa.network.cluster;

import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Some nodes on loopback that know each other's ports. Closing it stops them all. */
public final class LocalNetwork implements AutoCloseable {

    private static final Duration MEETING_BOUND = Duration.ofSeconds(40);
    private static final Duration AGREEMENT_BOUND = Duration.ofSeconds(60);

    private final List<LocalNode> nodes = new ArrayList<>();
    private final Path directory;

    /**
     * Prepares nodes; none is started.
     *
     * @param settings system properties that all of them share
     */
    public LocalNetwork(Path directory, int nodeCount, Genesis genesis, Map<String, String> settings) {
        this.directory = directory;
        Path genesisFile = directory.resolve("genesis.json");
        try {
            Files.createDirectories(directory);
            Files.writeString(genesisFile, GenesisDocument.of(genesis).toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Integer> ports = LocalPorts.free(3 * nodeCount);
        Map<String, String> shared = new HashMap<>(settings);
        shared.put("rensa.genesis-file", genesisFile.toString());
        shared.put(
                "rensa.discovery.static",
                ports.subList(2 * nodeCount, 3 * nodeCount).stream()
                        .map(port -> "127.0.0.1:" + port)
                        .collect(Collectors.joining(",")));
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new LocalNode(
                    "node-" + i,
                    ports.get(i),
                    ports.get(nodeCount + i),
                    ports.get(2 * nodeCount + i),
                    directory,
                    shared));
        }
    }

    /** Starts the first {@code count} nodes and waits until each of them is connected to the others. */
    public void start(int count) {
        List<LocalNode> started = nodes.subList(0, count);
        started.forEach(LocalNode::start);
        started.forEach(LocalNode::awaitReady);
        Await.until(
                "every node has " + (count - 1) + " peers",
                MEETING_BOUND,
                this::summary,
                () -> started.stream().allMatch(node -> node.client().status().peers() >= count - 1));
    }

    public List<LocalNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Waits until all nodes that run have the same head, and returns its hash. */
    public String awaitAgreement() {
        Await.until("all nodes have one head", AGREEMENT_BOUND, this::summary, () -> heads().size() == 1);
        return heads().getFirst();
    }

    private List<String> heads() {
        return running().stream()
                .map(node -> node.client().status().tip())
                .distinct()
                .toList();
    }

    /** Name, height and tip of each node that runs. */
    public String summary() {
        return running().stream()
                .map(node -> {
                    var status = node.client().status();
                    return "%s: height %d, tip %s, %d peers, %s"
                            .formatted(
                                    node.name(),
                                    status.height(),
                                    status.tip().substring(0, 12),
                                    status.peers(),
                                    status.sync());
                })
                .collect(Collectors.joining("; "));
    }

    public List<LocalNode> running() {
        return nodes.stream().filter(LocalNode::isRunning).toList();
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        nodes.forEach(LocalNode::stop);
    }
}
