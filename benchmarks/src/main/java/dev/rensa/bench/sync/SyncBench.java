package dev.rensa.bench.sync;

import dev.rensa.bench.report.Figure;
import dev.rensa.bench.report.Report;
import dev.rensa.bench.store.BenchNetworks;
import dev.rensa.bench.store.ChainFiles;
import dev.rensa.bench.store.StoredChain;
import dev.rensa.bench.store.TransferMaker;
import dev.rensa.protocol.genesis.Genesis;
import java.nio.file.Path;
import java.util.Map;

/**
 * (b) How long a node that has nothing takes to catch up: block by block with every signature checked, and from the
 * accounts at a checkpoint.
 */
public final class SyncBench {

    private static final int TRANSFERS_A_BLOCK = 2_000;

    /** The shorter of the chains whose accounts are joined from has this part of the longer one's transfers. */
    private static final int SHORTER = 5;

    private static final Map<String, String> FULL = Map.of();
    private static final Map<String, String> SNAPSHOT = Map.of("rensa.sync.mode", "snapshot");

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
        Path chain = chain(transfers, accounts);
        double fullSeconds = 0;
        for (int peers = 1; peers <= maxPeers; peers++) {
            try (ServingNetwork network = open(chain, peers)) {
                fullSeconds = network.join(FULL).seconds();
            }
            report.add(Figure.of(
                    "b",
                    "full sync from " + text(peers),
                    transfers / fullSeconds,
                    "transfers/s",
                    report.ceilingAround(),
                    "%,d transfers, %,d accounts in %.1f s".formatted(transfers, accounts, fullSeconds)));
        }
        for (int peers = 1; peers <= maxPeers; peers++) {
            joinFromSnapshot(transfers, accounts, peers, fullSeconds);
        }
        joinFromSnapshot(Math.max(accounts, transfers / SHORTER), accounts, maxPeers, fullSeconds);
    }

    private void joinFromSnapshot(int transfers, int accounts, int peers, double fullSeconds) {
        try (ServingNetwork network = open(chain(transfers, accounts), peers)) {
            network.mineUntilSnapshotsAreServed();
            ServingNetwork.Joined joined = network.join(SNAPSHOT);
            if (joined.baseHeight() == 0) {
                throw new IllegalStateException("the node applied every block: " + network.summary());
            }
            report.add(Figure.of(
                    "b",
                    "snapshot join from %s, %,d transfers".formatted(text(peers), transfers),
                    joined.seconds(),
                    "s",
                    "%,d accounts at height %,d, then %,d empty blocks; %.1f times as fast as the last full sync"
                            .formatted(
                                    accounts,
                                    joined.baseHeight(),
                                    joined.height() - joined.baseHeight(),
                                    fullSeconds / joined.seconds())));
        }
    }

    private ServingNetwork open(Path chain, int peers) {
        return new ServingNetwork(work.resolve("sync"), genesis, chain, peers);
    }

    private Path chain(int transfers, int accounts) {
        return ChainFiles.kept(
                work.resolve("chain-" + transfers + "-" + accounts), folder -> generate(folder, transfers, accounts));
    }

    private void generate(Path folder, int transfers, int accounts) {
        report.progress("making a chain of %,d transfers".formatted(transfers));
        var senders = BenchNetworks.senders();
        TransferMaker maker = new TransferMaker(genesis, senders, accounts);
        try (StoredChain chain =
                new StoredChain(folder, genesis, senders.getFirst().publicKey())) {
            for (int made = 0; made < transfers; made += TRANSFERS_A_BLOCK) {
                chain.connect(chain.next(maker.signed(made, Math.min(TRANSFERS_A_BLOCK, transfers - made))));
            }
        }
    }

    private static String text(int peers) {
        return peers == 1 ? "1 peer" : peers + " peers";
    }
}
