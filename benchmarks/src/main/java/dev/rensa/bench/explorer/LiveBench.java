package dev.rensa.bench.explorer;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.store.BenchNetworks;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.genesis.Genesis;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** (h) From a block on a node to the event at a client that listens to the explorer. */
public final class LiveBench {

    private static final int REAL_NODES = 3;
    private static final int SIMULATED_NODES = 50;

    /** Two blocks a second of all three together. */
    private static final long HASHES_A_BLOCK = 15_000;

    private static final long HASHES_A_SECOND = 10_000;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final long BLOCK_MILLIS = 500;

    /** Within this time a block has reached every simulated node. */
    private static final int SPREAD_MILLIS = 300;

    private static final Duration MEETING_BOUND = Duration.ofSeconds(60);

    private LiveBench() {}

    /** Measures for so many seconds on three nodes, and on fifty simulated ones. */
    public static void run(Report report, Path directory, int seconds) {
        real(report, directory.resolve("real"), seconds);
        simulated(report, directory.resolve("simulated"), seconds);
    }

    private static void real(Report report, Path directory, int seconds) {
        Genesis genesis = TestGenesis.of("bench-live", HASHES_A_BLOCK, BLOCK_BYTES, List.of());
        Map<String, String> settings = Map.of("rensa.mining.max-hashes-per-second", Long.toString(HASHES_A_SECOND));
        try (LocalNetwork network = new LocalNetwork(directory, REAL_NODES, genesis, settings)) {
            network.start(REAL_NODES);
            List<URI> urls = network.nodes().stream().map(LocalNode::url).toList();
            try (LocalExplorer explorer = new LocalExplorer(directory.resolve("explorer"), urls, Map.of())) {
                awaitAll(explorer, REAL_NODES);
                Lags lags = new Lags();
                List<EventReader> readers = new ArrayList<>();
                for (URI url : urls) {
                    readers.add(new EventReader(
                            url.resolve("/events?types=block"),
                            (event, _) -> lags.had(
                                    event.path("hash").asText(),
                                    event.path("timeMillis").asLong())));
                }
                try (EventReader _ = new EventReader(
                        explorer.at("/api/events?types=block"),
                        (event, now) -> lags.told(event.path("hash").asText(), now))) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
                }
                readers.forEach(EventReader::close);
                add(report, "block to event, " + REAL_NODES + " nodes", lags);
            }
        }
    }

    private static void simulated(Report report, Path directory, int seconds) {
        Random random = new Random(1);
        PackedChain chain = new PackedChain(
                BenchNetworks.easiest(), BenchNetworks.senders().getFirst().publicKey());
        List<ScriptedNode> nodes = new ArrayList<>();
        for (int i = 0; i < SIMULATED_NODES; i++) {
            nodes.add(new ScriptedNode("node-" + i, "%02x".formatted(i + 1).repeat(32), chain));
        }
        try (LocalExplorer explorer = new LocalExplorer(
                        directory, nodes.stream().map(ScriptedNode::url).toList(), Map.of());
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(2)) {
            awaitAll(explorer, SIMULATED_NODES);
            live(explorer, chain, nodes, clock, random, Calls.warmUp(seconds));
            Live live = live(explorer, chain, nodes, clock, random, seconds);
            clock.shutdownNow();
            Calls calls = live.calls();
            add(report, "block to event, " + SIMULATED_NODES + " simulated nodes", live.lags());
            calls.tell(report);
            report.add(Figure.of(
                    "h",
                    "slowest call's p99, " + SIMULATED_NODES + " simulated nodes",
                    calls.at(calls.slowest(), 0.99),
                    "ms",
                    String.format(
                            Locale.ROOT,
                            "%s, beside two blocks a second and %d calls a second; goal 50",
                            calls.slowest(),
                            Calls.A_SECOND)));
        } finally {
            nodes.forEach(ScriptedNode::close);
        }
    }

    /** What a time of blocks and calls beside them showed. */
    private record Live(Lags lags, Calls calls) {}

    private static Live live(
            LocalExplorer explorer,
            PackedChain chain,
            List<ScriptedNode> nodes,
            ScheduledExecutorService clock,
            Random random,
            int seconds) {
        Live live = new Live(new Lags(), new Calls());
        try (EventReader _ = new EventReader(
                explorer.at("/api/events?types=block"),
                (event, now) -> live.lags().told(event.path("hash").asText(), now))) {
            var blocks = clock.scheduleAtFixedRate(
                    () -> spread(chain, nodes, live.lags(), clock, random), 0, BLOCK_MILLIS, TimeUnit.MILLISECONDS);
            live.calls().run(explorer, kinds(), seconds);
            blocks.cancel(false);
        }
        return live;
    }

    /** A block more, which one node has at once and the others soon. */
    private static void spread(
            PackedChain chain, List<ScriptedNode> nodes, Lags lags, ScheduledExecutorService clock, Random random) {
        PackedChain.Entry block = chain.grow(List.of());
        int first = random.nextInt(nodes.size());
        lags.had(block.hash().toHex(), System.currentTimeMillis());
        nodes.get(first).take(block);
        for (int i = 0; i < nodes.size(); i++) {
            ScriptedNode node = nodes.get(i);
            if (i != first) {
                var _ = clock.schedule(() -> node.take(block), random.nextInt(SPREAD_MILLIS), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (String path : List.of(
                "/",
                "/api/nodes",
                "/api/tree",
                "/api/agreement",
                "/api/stats",
                "/api/blocks",
                "/api/replay",
                "/api/status")) {
            kinds.put(path, List.of(path));
        }
        return kinds;
    }

    private static void awaitAll(LocalExplorer explorer, int nodes) {
        explorer.awaitReady();
        Await.until(
                "the explorer follows every node by its events",
                MEETING_BOUND,
                () -> explorer.get("/api/status"),
                () -> {
                    int followed = 0;
                    for (var node : explorer.json("/api/nodes")) {
                        followed += node.path("followedBy").asText().equals("events") ? 1 : 0;
                    }
                    return followed == nodes;
                });
    }

    private static void add(Report report, String what, Lags lags) {
        long[] sorted = lags.sorted();
        report.add(Figure.of(
                "h",
                what + ", p99",
                (double) sorted[(int) Math.ceil(0.99 * sorted.length) - 1],
                "ms",
                "p50 %d ms, worst %d ms, %d blocks, all on the same machine; goal 500"
                        .formatted(sorted[sorted.length / 2], sorted[sorted.length - 1], sorted.length)));
    }

    /** When a block was on the first node, and when the client heard of it. */
    private static final class Lags {
        private final Map<String, Long> had = new ConcurrentHashMap<>();
        private final Map<String, Long> told = new ConcurrentHashMap<>();

        void had(String hash, long millis) {
            had.merge(hash, millis, Math::min);
        }

        void told(String hash, long millis) {
            told.merge(hash, millis, Math::min);
        }

        long[] sorted() {
            long[] lags = told.entrySet().stream()
                    .mapMultiToLong((event, lag) -> {
                        Long since = had.get(event.getKey());
                        if (since != null) {
                            lag.accept(event.getValue() - since);
                        }
                    })
                    .toArray();
            if (lags.length == 0) {
                throw new IllegalStateException("no event came");
            }
            Arrays.sort(lags);
            return lags;
        }
    }
}
