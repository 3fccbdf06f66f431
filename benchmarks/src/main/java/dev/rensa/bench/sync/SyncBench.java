package dev.rensa.bench.sync;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.store.BenchNetworks;
import dev.rensa.bench.store.ChainFiles;
import dev.rensa.bench.store.StoredChain;
import dev.rensa.bench.store.TransferMaker;
import dev.rensa.network.cluster.Await;
import dev.rensa.network.cluster.FundedAccount;
import dev.rensa.network.cluster.LocalNetwork;
import dev.rensa.network.cluster.LocalNode;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** (b) How long a node that has nothing takes to catch up, with every signature checked. */
public final class SyncBench {

    private static final int TRANSFERS_A_BLOCK = 2_000;
    private static final Duration BOUND = Duration.ofMinutes(20);

    private final Report report;
    private final Path work;
    private final Genesis genesis = BenchNetworks.easiest();

    /**
     * @param work where chains are kept for the next run
     */
    public SyncBench(Report report, Path work) {
        this.report = report;
        this.work = work;
    }

    /** Measures a chain of so many transfers to so many accounts, from one to {@code maxPeers} peers. */
    public void run(int transfers, int accounts, int maxPeers) {
        Path chain = ChainFiles.kept(
                work.resolve("chain-" + transfers + "-" + accounts), folder -> generate(folder, transfers, accounts));
        for (int peers = 1; peers <= maxPeers; peers++) {
            double seconds = catchUp(chain, peers, Map.of());
            report.add(Figure.of(
                    "b",
                    "full sync from " + (peers == 1 ? "1 peer" : peers + " peers"),
                    transfers / seconds,
                    "transfers/s",
                    report.signatureCeiling(),
                    "%,d transfers, %,d accounts in %.1f s".formatted(transfers, accounts, seconds)));
        }
    }

    private void generate(Path folder, int transfers, int accounts) {
        report.progress("making a chain of %,d transfers".formatted(transfers));
        List<FundedAccount> senders = BenchNetworks.senders();
        TransferMaker maker = new TransferMaker(genesis, senders, accounts);
        try (StoredChain chain =
                new StoredChain(folder, genesis, senders.getFirst().publicKey())) {
            for (int made = 0; made < transfers; made += TRANSFERS_A_BLOCK) {
                chain.connect(chain.next(maker.signed(made, Math.min(TRANSFERS_A_BLOCK, transfers - made))));
            }
        }
    }

    /** Seconds from the first peer of an empty node to the common head. */
    private double catchUp(Path chain, int peers, Map<String, String> ofJoiner) {
        Path directory = work.resolve("sync");
        ChainFiles.delete(directory);
        try (LocalNetwork network =
                new LocalNetwork(directory, peers + 1, genesis, Map.of("rensa.mining.enabled", "false"))) {
            for (LocalNode node : network.nodes().subList(0, peers)) {
                ChainFiles.copy(
                        chain.resolve("chain"), directory.resolve(node.name()).resolve("chain"));
            }
            network.start(peers);
            String goal = network.nodes().getFirst().client().status().tip();
            LocalNode joiner = network.nodes().getLast();
            joiner.start(ofJoiner.entrySet().stream()
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
                    network::summary,
                    () -> joiner.client().status().tip().equals(goal));
            return (System.nanoTime() - began) / 1e9;
        } finally {
            ChainFiles.delete(directory);
        }
    }
}
