package dev.rensa.bench.store;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.start.StartBench;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.genesis.Genesis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** (d) Memory, time to connect a block and time to start, as the chain and the number of accounts grow. */
public final class StoreBench {

    private static final int TRANSFERS_A_BLOCK = 10_000;

    /** Blocks that are connected to measure one: their middle is the figure. */
    private static final int MEASURED_BLOCKS = 21;

    private static final int TRANSFERS_A_MEASURED_BLOCK = 1_000;
    private static final double MEBIBYTE = 1L << 20;

    private final Report report;
    private final Path work;
    private final Genesis genesis = BenchNetworks.easiest();
    private final List<FundedAccount> senders = BenchNetworks.senders();

    /**
     * @param work where stores are kept for the next run
     */
    public StoreBench(Report report, Path work) {
        this.report = report;
        this.work = work;
    }

    /** Measures an empty node. */
    public void runEmpty() {
        Path folder = work.resolve("empty");
        ChainFiles.delete(folder);
        measureProcess(folder, "an empty store");
    }

    /** Measures a chain of so many blocks without transactions. */
    public void runBlocks(int blocks) {
        Path folder = ChainFiles.kept(work.resolve("blocks-" + blocks), f -> {
            report.progress("making a chain of %,d blocks".formatted(blocks));
            try (StoredChain chain = open(f)) {
                for (int i = 0; i < blocks; i++) {
                    chain.connect(chain.next(List.of()));
                }
            }
        });
        measure(folder, "%,d blocks".formatted(blocks), senders.size());
    }

    /** Measures a chain that gave coins to so many accounts. */
    public void runAccounts(int accounts) {
        Path folder = ChainFiles.kept(work.resolve("accounts-" + accounts), f -> {
            report.progress("making a ledger of %,d accounts".formatted(accounts));
            TransferMaker maker = new TransferMaker(genesis, senders, accounts);
            try (StoredChain chain = open(f)) {
                for (int made = 0; made < accounts; made += TRANSFERS_A_BLOCK) {
                    chain.connect(chain.next(maker.unsigned(made, Math.min(TRANSFERS_A_BLOCK, accounts - made))));
                }
            }
        });
        measure(folder, "%,d accounts".formatted(accounts), accounts);
    }

    private void measure(Path folder, String size, int accounts) {
        List<Double> millis = new ArrayList<>();
        try (StoredChain chain = open(folder)) {
            TransferMaker maker = new TransferMaker(genesis, senders, accounts);
            long number = senders.stream()
                    .mapToLong(
                            sender -> chain.chain().account(sender.publicKey()).nextNonce())
                    .sum();
            for (int i = 0; i < MEASURED_BLOCKS; i++) {
                Block block = chain.next(maker.unsigned(number, TRANSFERS_A_MEASURED_BLOCK));
                number += TRANSFERS_A_MEASURED_BLOCK;
                long began = System.nanoTime();
                chain.connect(block);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        Collections.sort(millis);
        report.add(Figure.of(
                "d",
                "connecting a block, " + size,
                millis.get(MEASURED_BLOCKS / 2),
                "ms",
                "%,d transfers, signatures apart; median of %d"
                        .formatted(TRANSFERS_A_MEASURED_BLOCK, MEASURED_BLOCKS)));
        measureProcess(folder, size);
    }

    private void measureProcess(Path folder, String size) {
        try (LocalNetwork network = new LocalNetwork(folder, 1, genesis, Map.of("rensa.mining.enabled", "false"))) {
            LocalNode node = network.nodes().getFirst();
            report.add(Figure.of("d", "start to ready, " + size, StartBench.median(node, List.of()), "ms", ""));
            node.start();
            node.awaitReady();
            collectGarbage(node.processId());
            report.add(Figure.of(
                    "d",
                    "heap after collection, " + size,
                    node.metric("jvm_memory_used_bytes{area=\"heap\"") / MEBIBYTE,
                    "MiB",
                    ""));
            report.add(
                    Figure.of("d", "resident memory, " + size, residentBytes(node.processId()) / MEBIBYTE, "MiB", ""));
        }
    }

    private StoredChain open(Path folder) {
        return new StoredChain(
                folder.resolve("node-0"), genesis, senders.getFirst().publicKey());
    }

    private static void collectGarbage(long process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(process), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!collection.waitFor(1, TimeUnit.MINUTES) || collection.exitValue() != 0) {
                throw new IllegalStateException("the node's garbage could not be collected by " + jcmd);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the process has in memory; NaN where the system does not tell as Linux does. */
    private static double residentBytes(long process) {
        Path status = Path.of("/proc", Long.toString(process), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
