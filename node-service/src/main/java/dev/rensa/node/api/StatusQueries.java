package dev.rensa.node.api;

import dev.rensa.node.chain.ChainHead;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.mempool.Mempool;
import dev.rensa.node.mempool.MempoolView;
import dev.rensa.node.snapshot.SnapshotProgress;
import dev.rensa.node.sync.SyncProgress;
import dev.rensa.protocol.api.PeersView;
import dev.rensa.protocol.api.PeersView.CandidateView;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.api.StatusView.SnapshotView;
import dev.rensa.protocol.api.StatusView.SyncView;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.genesis.GenesisDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What the node is, where it stands, and whom it knows. */
@ApplicationScoped
class StatusQueries {

    /** Largest page of addresses. */
    private static final int MAX_CANDIDATES = 1_000;

    private final ChainView chain;
    private final Mempool mempool;
    private final NetworkReport network;
    private final MiningCommands mining;
    private final LabControl lab;
    private final NodeFacts facts;
    private final InstantSource clock;

    StatusQueries(
            ChainView chain,
            Mempool mempool,
            NetworkReport network,
            MiningCommands mining,
            LabControl lab,
            NodeFacts facts,
            InstantSource clock) {
        this.chain = chain;
        this.mempool = mempool;
        this.network = network;
        this.mining = mining;
        this.lab = lab;
        this.facts = facts;
        this.clock = clock;
    }

    StatusView status() {
        Genesis genesis = chain.genesis();
        ChainHead head = chain.head();
        MempoolView waiting = mempool.view();
        SyncProgress progress = network.progress();
        return new StatusView(
                facts.nodeKey().toString(),
                facts.name(),
                facts.version(),
                genesis.name(),
                chain.networkHash().toHex(),
                HexFormat.of().toHexDigits(Genesis.networkId(chain.networkHash())),
                genesis.addressPrefix(),
                genesis.coinSymbol(),
                DevelopmentGenesis.is(chain.networkHash()),
                lab.enabled(),
                head.height(),
                head.hash().toHex(),
                head.header().timestampMillis(),
                head.work().toString(),
                progress.ready(),
                new SyncView(
                        progress.state().name().toLowerCase(Locale.ROOT),
                        progress.headerHeight(),
                        progress.targetHeight(),
                        progress.transactionsPerSecond(),
                        progress.remainingMillis().isPresent()
                                ? progress.remainingMillis().getAsLong()
                                : null),
                view(network.snapshot()),
                network.connected(),
                waiting.transactions(),
                waiting.bytes(),
                mining.view(),
                facts.startedAtMillis(),
                clock.millis());
    }

    private static SnapshotView view(SnapshotProgress snapshot) {
        return new SnapshotView(
                snapshot.state().name().toLowerCase(Locale.ROOT),
                snapshot.baseHeight(),
                snapshot.chunksDone(),
                SnapshotProgress.CHUNKS_TOTAL);
    }

    PeersView peers(int offset, int limit) {
        long first = RequestChecks.inRange("offset", offset, 0, Integer.MAX_VALUE);
        long most = RequestChecks.inRange("limit", limit, 1, MAX_CANDIDATES);
        List<CandidateView> candidates = network.candidates();
        return new PeersView(
                network.maxPeers(),
                network.peers(),
                candidates.size(),
                candidates.stream().skip(first).limit(most).toList());
    }

    GenesisDocument genesis() {
        return GenesisDocument.of(chain.genesis());
    }
}
