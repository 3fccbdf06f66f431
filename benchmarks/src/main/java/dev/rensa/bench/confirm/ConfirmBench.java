package dev.rensa.bench.confirm;

import dev.rensa.bench.load.SignedLoad;
import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** (a) Confirmed transfers a second, load generator and nodes on this machine. */
public final class ConfirmBench {

    private static final int SENDERS_A_CONNECTION = 64;
    private static final int CONNECTIONS_A_NODE = 2;
    private static final int BATCH = 1_000;

    /** What a node's mempool holds before it is fed no more, in seconds of its ceiling: a few blocks' worth. */
    private static final double MAX_WAITING_SECONDS = 2;

    /** Until then compilers take as much of the machine as transfers do: a node runs for weeks. */
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);

    /** Blocks come once a second on average, as in the networks that users compare with. */
    private static final long HASHES_A_SECOND = 60_000;

    /** Room for what gathers while no block is found for two seconds. */
    private static final int BLOCK_BYTES = 8 << 20;

    /** More is signed beforehand than this share of the ceiling could use up. */
    private static final double SIGNED_SHARE = 0.7;

    private ConfirmBench() {}

    /** Measures a network of {@code nodeCount} nodes that is fed for {@code feeding}, once it is warm. */
    public static void run(Report report, Path directory, int nodeCount, Duration feeding) {
        Duration half = feeding.dividedBy(2);
        Duration warmUp = half.compareTo(LONGEST_WARM_UP) < 0 ? half : LONGEST_WARM_UP;
        double expected = report.signatureCeiling() / nodeCount;
        int connections = nodeCount * CONNECTIONS_A_NODE;
        int batches =
                (int) Math.ceil(expected * SIGNED_SHARE * feeding.plus(warmUp).toSeconds() / connections / BATCH);
        List<FundedAccount> accounts = IntStream.range(0, connections * SENDERS_A_CONNECTION)
                .mapToObj(FundedAccount::new)
                .toList();
        Genesis genesis = TestGenesis.of("bench", HASHES_A_SECOND, BLOCK_BYTES, accounts);
        report.progress("signing %,d transfers".formatted((long) batches * BATCH * connections));
        List<List<SignedLoad>> loads = new ArrayList<>();
        for (int node = 0; node < nodeCount; node++) {
            List<SignedLoad> ofNode = new ArrayList<>();
            for (int c = 0; c < CONNECTIONS_A_NODE; c++) {
                int first = (node * CONNECTIONS_A_NODE + c) * SENDERS_A_CONNECTION;
                ofNode.add(SignedLoad.sign(
                        genesis, accounts.subList(first, first + SENDERS_A_CONNECTION), batches, BATCH));
            }
            loads.add(ofNode);
        }
        Map<String, String> settings =
                Map.of("rensa.mining.max-hashes-per-second", Long.toString(HASHES_A_SECOND / nodeCount));
        try (LocalNetwork network = new LocalNetwork(directory, nodeCount, genesis, settings)) {
            network.start(nodeCount);
            Throughput.Result result =
                    new Throughput(network, (int) (expected * MAX_WAITING_SECONDS)).measure(loads, warmUp, feeding);
            double ceiling = report.ceilingAround() / nodeCount;
            String name = nodeCount == 1 ? "one node" : nodeCount + " nodes";
            report.add(Figure.of(
                    "a",
                    "confirmed, " + name,
                    result.perSecond(),
                    "transfers/s",
                    ceiling,
                    "over %.0f s; %,d mined in all, each exactly once; refused %.2f %%"
                            .formatted(result.seconds(), result.mined(), 100.0 * result.refused() / result.mined())));
            report.add(Figure.of(
                    "a",
                    "submission to block, " + name + ", p50",
                    (double) result.p50Millis(),
                    "ms",
                    "a block each %.1f s".formatted(result.seconds() / result.blocks())));
            report.add(Figure.of("a", "submission to block, " + name + ", p99", (double) result.p99Millis(), "ms", ""));
            report.add(Figure.of(
                    "a",
                    "CPU time a transfer and node, " + name,
                    result.nodeMicros(),
                    "µs",
                    "one signature check takes %.0f µs; the load generator takes %.1f µs"
                            .formatted(
                                    Runtime.getRuntime().availableProcessors() * 1e6 / (ceiling * nodeCount),
                                    result.loadMicros())));
        }
    }
}
