package dev.rensa.bench.start;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.store.BenchNetworks;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** (e) From starting the process to a readiness probe that answers 200, without and with an AOT cache. */
public final class StartBench {

    private static final int RUNS = 5;

    /** Writing the cache happens when the recorded process ends. */
    private static final Duration CACHE_BOUND = Duration.ofMinutes(2);

    private static final Map<String, String> LONELY = Map.of("rensa.mining.enabled", "false");

    private StartBench() {}

    public static void run(Report report, Path directory) {
        try (LocalNetwork network = new LocalNetwork(directory, 1, BenchNetworks.easiest(), LONELY)) {
            LocalNode node = network.nodes().getFirst();
            report.add(Figure.of(
                    "e", "start to ready, JVM", median(node, List.of()), "ms", "empty store, median of " + RUNS));
            Path cache = directory.resolve("node.aot");
            node.start(List.of("-XX:AOTCacheOutput=" + cache));
            node.awaitReady();
            for (int i = 0; i < 100; i++) {
                node.client().status();
            }
            node.stop(CACHE_BOUND);
            report.add(Figure.of(
                    "e",
                    "start to ready, JVM with AOT cache",
                    median(node, List.of("-XX:AOTCache=" + cache)),
                    "ms",
                    "recorded on this machine with a hundred requests"));
        }
    }

    /** Starts and stops a node some times; the middle of the times in milliseconds. */
    public static double median(LocalNode node, List<String> jvmOptions) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            node.start(jvmOptions);
            node.awaitReady();
            millis.add((System.nanoTime() - began) / 1e6);
            node.stop();
        }
        Collections.sort(millis);
        return millis.get(RUNS / 2);
    }
}
