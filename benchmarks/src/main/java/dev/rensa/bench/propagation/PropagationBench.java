package dev.rensa.bench.propagation;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.store.TransferMaker;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.TestGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** (c) How transactions and full blocks travel through networks in this process, each node connected to each. */
public final class PropagationBench implements AutoCloseable {

    private static final int SENDERS = 200;
    private static final int ROUNDS = 5;

    /** Transfers that one client brings at once. */
    private static final int TOGETHER = 100;

    /** Between two clients: a steady stream, as announcements are gathered over such times. */
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    /** A load that fifty nodes in one process carry: a thousand transfers a second, and two blocks. */
    private static final int STEADY_TOGETHER = 10;

    private static final int STEADY_TURNS_A_BLOCK = 50;
    private static final int STEADY_BLOCKS = 20;

    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Vertx vertx = Vertx.vertx();
    private final List<SocketNode> nodes = new ArrayList<>();
    private final TransferMaker maker;
    private final int transfersABlock;
    private int made;

    private PropagationBench(int nodeCount, int blockBytes) {
        List<FundedAccount> senders =
                IntStream.range(0, SENDERS).mapToObj(FundedAccount::new).toList();
        Genesis genesis = TestGenesis.of("bench", 2, blockBytes, senders);
        this.maker = new TransferMaker(genesis, senders, SENDERS);
        this.transfersABlock = blockBytes / Transaction.MIN_BYTES;
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new SocketNode(vertx, genesis, i));
        }
    }

    /** Measures a network of {@code nodeCount} nodes with blocks of {@code blockBytes}. */
    public static void run(Report report, int nodeCount, int blockBytes) {
        try (PropagationBench network = new PropagationBench(nodeCount, blockBytes)) {
            network.connect();
            network.measure(report);
            network.measureSteadyLoad(report);
        }
    }

    private void connect() {
        nodes.forEach(node -> node.start().toCompletableFuture().join());
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = 0; j < i; j++) {
                nodes.get(i).dial(nodes.get(j)).toCompletableFuture().join();
            }
        }
        await(
                "every node is connected to every other",
                () -> nodes.stream().allMatch(node -> node.peers() == nodes.size() - 1));
        // The first block tells everybody that all are near one head: only then transactions are announced.
        mineAndAwait();
    }

    private void measure(Report report) {
        List<Double> medians = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        double bytesOfTransactions = 0;
        double bytesOfBlocks = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = sentBytes();
            spread();
            long between = sentBytes();
            List<Double> millis = mineAndAwait();
            bytesOfBlocks += sentBytes() - between;
            bytesOfTransactions += between - before;
            medians.add(millis.get(millis.size() / 2));
            slowest.add(millis.getLast());
        }
        Collections.sort(medians);
        Collections.sort(slowest);
        double relayed = (double) ROUNDS * transfersABlock * nodes.size();
        String size = nodes.size() + " nodes";
        report.add(Figure.of(
                "c",
                "full block to half of " + size,
                medians.get(ROUNDS / 2),
                "ms",
                "%,d transfers that all have already; median of %d blocks".formatted(transfersABlock, ROUNDS)));
        report.add(Figure.of("c", "full block to all of " + size, slowest.get(ROUNDS / 2), "ms", ""));
        report.add(Figure.of(
                "c",
                "sent a transaction and node, " + size,
                (bytesOfTransactions + bytesOfBlocks) / relayed,
                "bytes",
                "%.0f before the block, %.0f with it; a transaction has %d"
                        .formatted(bytesOfTransactions / relayed, bytesOfBlocks / relayed, Transaction.MIN_BYTES)));
    }

    /** Mines while transfers keep coming, as miners do: what a block names may still be on its way. */
    private void measureSteadyLoad(Report report) {
        int compactBefore = sum(ChainWatch::compactBlocks);
        int rebuiltBefore = sum(ChainWatch::rebuiltAlone);
        long goal = nodes.getFirst().watch().height() + STEADY_BLOCKS;
        for (int block = 0; block < STEADY_BLOCKS; block++) {
            for (int turn = 0; turn < STEADY_TURNS_A_BLOCK; turn++) {
                nodes.get(turn % nodes.size()).submit(maker.unsigned(made, STEADY_TOGETHER));
                made += STEADY_TOGETHER;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            nodes.get(block % nodes.size()).mine().toCompletableFuture().join();
        }
        await(
                "every node has the last block",
                () -> nodes.stream().allMatch(node -> node.watch().height() == goal));
        int compact = sum(ChainWatch::compactBlocks) - compactBefore;
        report.add(Figure.of(
                "c",
                "rebuilt without asking, %d nodes".formatted(nodes.size()),
                100.0 * (sum(ChainWatch::rebuiltAlone) - rebuiltBefore) / compact,
                "%",
                "of %,d compact blocks, mined while 1,000 transfers a second came in turn to all nodes"
                        .formatted(compact)));
    }

    private int sum(ToIntFunction<ChainWatch> counter) {
        return nodes.stream().map(SocketNode::watch).mapToInt(counter).sum();
    }

    /** Brings a block's worth of transfers to nodes in turn, and waits until all have them. */
    private void spread() {
        int goal = made + transfersABlock;
        for (int turn = 0; made < goal; turn++) {
            int count = Math.min(TOGETHER, goal - made);
            nodes.get(turn % nodes.size()).submit(maker.unsigned(made, count));
            made += count;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        await(
                "every node has every transaction",
                () -> nodes.stream().allMatch(node -> node.watch().admitted() >= goal));
    }

    /** Milliseconds until each other node has a new block, in ascending order. */
    private List<Double> mineAndAwait() {
        long height = nodes.getFirst().watch().height() + 1;
        long found = nodes.getFirst().mine().toCompletableFuture().join();
        await(
                "every node has the block",
                () -> nodes.stream().allMatch(node -> node.watch().height() == height));
        return nodes.stream()
                .skip(1)
                .map(node -> (node.watch().headNanos() - found) / 1e6)
                .sorted()
                .toList();
    }

    private long sentBytes() {
        return nodes.stream().mapToLong(SocketNode::sentBytes).sum();
    }

    private void await(String what, BooleanSupplier condition) {
        Await.until(
                what,
                BOUND,
                () -> nodes.stream()
                        .map(node -> "%d peers, height %d, %d transactions, %d evicted"
                                .formatted(
                                        node.peers(),
                                        node.watch().height(),
                                        node.watch().admitted(),
                                        node.watch().evicted()))
                        .toList()
                        .toString(),
                condition);
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(SocketNode::close);
        vertx.close();
    }
}
