package dev.rensa.bench.sync;

import dev.rensa.bench.store.ChainFiles;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Nodes that hold a chain and do not mine by themselves, and a place for one that joins them. */
final class ServingNetwork implements AutoCloseable {

    private static final Duration BOUND = Duration.ofMinutes(20);

    /** Between two looks at the joining node's head: answering takes time from what is measured. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Blocks on top of a chain after which a node that was just started gives away a state: one interval to the next
     * checkpoint, one until a header commits to it, and what has to bury that header.
     */
    private static final int BURYING_BLOCKS = 24;

    private final Path directory;
    private final Genesis genesis;
    private final LocalNetwork network;
    private final LocalNode first;
    private final LocalNode joiner;

    /**
     * What was measured.
     *
     * @param seconds from the first peer of the empty node to the common head
     * @param baseHeight of the state that it began with; 0 if it applied every block
     */
    record Joined(double seconds, long baseHeight, long height) {}

    /** Starts {@code peers} nodes on copies of a chain. */
    ServingNetwork(Path directory, Genesis genesis, Path chain, int peers) {
        ChainFiles.delete(directory);
        this.directory = directory;
        this.genesis = genesis;
        this.network = new LocalNetwork(directory, peers + 1, genesis, Map.of("rensa.mining.enabled", "false"));
        this.first = network.nodes().getFirst();
        this.joiner = network.nodes().getLast();
        for (LocalNode node : network.nodes().subList(0, peers)) {
            ChainFiles.copy(
                    chain.resolve("chain"), directory.resolve(node.name()).resolve("chain"));
        }
        network.start(peers);
    }

    /** States do not outlast a node's process, so those that were just started first pass a checkpoint. */
    void mineUntilSnapshotsAreServed() {
        first.client().mine(Math.toIntExact(2 * genesis.checkpointInterval() + BURYING_BLOCKS));
        network.awaitAgreement();
    }

    /** Starts a node that has nothing, and waits until it has caught up. */
    Joined join(Map<String, String> settings) {
        String goal = first.client().status().tip();
        joiner.start(settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList());
        joiner.awaitLive();
        Await.until(
                "the new node has a peer",
                BOUND,
                network::summary,
                () -> joiner.client().status().peers() > 0);
        long began = System.nanoTime();
        Await.until(
                "the new node has caught up",
                BOUND,
                PAUSE,
                network::summary,
                () -> joiner.client().status().tip().equals(goal));
        double seconds = (System.nanoTime() - began) / 1e9;
        StatusView status = joiner.client().status();
        return new Joined(seconds, status.snapshot().baseHeight(), status.height());
    }

    String summary() {
        return network.summary();
    }

    @Override
    public void close() {
        network.close();
        ChainFiles.delete(directory);
    }
}
