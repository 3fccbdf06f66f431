package dev.rensa.explorer.api;

import dev.rensa.explorer.index.ChainIndexer;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexProgress;
import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeWatch;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import dev.rensa.explorer.tree.TreeSnapshot;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.MempoolPage;
import dev.rensa.protocol.api.StatusView;
import dev.rensa.protocol.crypto.BlockHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The nodes, the tree of their recent blocks and their agreement, for programs and pages alike. */
@ApplicationScoped
public class NetworkReader {

    private final NodeDirectory directory;
    private final NodeWatch watch;
    private final TreeKeeper tree;
    private final ChainIndexer indexer;
    private final ChainQueries queries;
    private final NodeQuestions questions;
    private final String version;
    private final long startedAtMillis = System.currentTimeMillis();

    NetworkReader(
            NodeDirectory directory,
            NodeWatch watch,
            TreeKeeper tree,
            ChainIndexer indexer,
            ChainQueries queries,
            NodeQuestions questions,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.directory = directory;
        this.watch = watch;
        this.tree = tree;
        this.indexer = indexer;
        this.queries = queries;
        this.questions = questions;
        this.version = version;
    }

    /** Every node known, reachable or not, by name. */
    public List<NodeInfo> nodes() {
        Optional<BlockHash> network = directory.network();
        Optional<Head> best = directory.bestHead();
        long bestHeight = best.map(Head::height).orElse(0L);
        TreeSnapshot snapshot = tree.snapshot();
        Set<BlockHash> bestChain =
                best.map(head -> snapshot.branch(head.hash())).orElse(Set.of());
        return directory.views().stream()
                .map(view -> {
                    Boolean onBestChain = view.report()
                            .map(report -> report.head().hash())
                            .filter(tip -> snapshot.block(tip).isPresent())
                            .map(bestChain::contains)
                            .orElse(null);
                    return node(view, network.orElse(null), bestHeight, onBestChain);
                })
                .toList();
    }

    /** The recent blocks on all branches. */
    public TreeInfo tree() {
        return tree(Integer.MAX_VALUE);
    }

    /** Those of the newest so many heights alone: a page draws few, and of fifty nodes each block has fifty arrivals. */
    public TreeInfo tree(int heights) {
        TreeSnapshot snapshot = tree.snapshot();
        long lowest = snapshot.blocks().stream()
                .findFirst()
                .map(highest -> highest.height() - heights + 1)
                .orElse(0L);
        Map<BlockHash, List<TreeInfo.NodeName>> heads = new HashMap<>();
        for (NodeView view : directory.reachable()) {
            view.report()
                    .ifPresent(report -> heads.merge(
                            report.head().hash(),
                            List.of(new TreeInfo.NodeName(
                                    report.status().nodeKey(), report.status().name())),
                            NetworkReader::joined));
        }
        Optional<BlockHash> best = directory.bestHead().map(Head::hash);
        Set<BlockHash> canonical = best.map(snapshot::branch).orElse(Set.of());
        return new TreeInfo(
                snapshot.lowestHeight(),
                best.map(BlockHash::toHex).orElse(null),
                snapshot.blocks().stream()
                        .takeWhile(block -> block.height() >= lowest)
                        .map(block -> treeBlock(
                                block, canonical.contains(block.hash()), heads.getOrDefault(block.hash(), List.of())))
                        .toList());
    }

    /** Whether the nodes agree. */
    public AgreementInfo agreement() {
        return AgreementInfo.of(tree.agreement());
    }

    /** What waits to be mined. */
    public MempoolInfo mempool() {
        NodeQuestions.Answer<MempoolPage> answer = questions
                .mempool()
                .orElseThrow(() -> ProblemException.unavailable(
                        "no-node-answers", "A mempool is a node's, and no node can be reached; /api/nodes says why."));
        MempoolPage page = answer.value();
        StatusView status = answer.node().report().orElseThrow().status();
        return new MempoolInfo(
                status.nodeKey(),
                status.name(),
                page.pending() + page.queued(),
                page.pending(),
                page.queued(),
                page.bytes(),
                page.minimumFee(),
                directory.reachable().stream()
                        .flatMap(view -> view.report().stream())
                        .map(report -> new MempoolInfo.NodeMempool(
                                report.status().nodeKey(),
                                report.status().name(),
                                report.status().mempoolTransactions(),
                                report.status().mempoolBytes()))
                        .toList(),
                page.transactions().stream().map(Views::told).toList());
    }

    /** What to pay. */
    public FeesView fees() {
        return questions.fees();
    }

    /** The explorer itself. */
    public StatusInfo status() {
        IndexProgress progress = indexer.progress();
        Optional<IndexCursor> cursor = queries.cursor();
        return new StatusInfo(
                version,
                cursor.map(known -> known.genesis().name()).orElse(null),
                cursor.map(known -> known.network().toHex()).orElse(null),
                cursor.map(known -> known.genesis().addressPrefix()).orElse(null),
                cursor.map(known -> known.genesis().coinSymbol()).orElse(null),
                index(progress, cursor.map(IndexCursor::height).orElse(-1L)),
                directory.views().size(),
                directory.reachable().size(),
                name(tree.agreement().state()),
                watch.troubles(),
                startedAtMillis,
                System.currentTimeMillis());
    }

    /** How far the index is. */
    public StatusInfo.IndexInfo index() {
        return index(
                indexer.progress(), queries.cursor().map(IndexCursor::height).orElse(-1L));
    }

    private static StatusInfo.IndexInfo index(IndexProgress progress, long height) {
        return new StatusInfo.IndexInfo(
                name(progress.state()),
                height,
                progress.targetHeight(),
                progress.lag(),
                progress.share(),
                progress.transactionsPerSecond(),
                progress.remainingSeconds(),
                progress.detail());
    }

    private static NodeInfo node(
            NodeView view, @Nullable BlockHash network, long bestHeight, @Nullable Boolean onBestChain) {
        boolean answered = view.reported() != null;
        return new NodeInfo(
                answered ? view.identity() : null,
                view.url().toString(),
                view.reachable(),
                view.trouble(),
                view.events() ? "events" : "polling",
                answered ? view.firstSeenMillis() : null,
                answered ? view.lastSeenMillis() : null,
                answered ? view.latencyMillis() : null,
                answered ? view.clockOffsetMillis() : null,
                view.report().map(report -> report.network().equals(network)).orElse(null),
                view.report()
                        .map(report -> Math.max(0, bestHeight - report.head().height()))
                        .orElse(null),
                onBestChain,
                view.report().map(report -> report(report.status())).orElse(null));
    }

    private static NodeInfo.ReportInfo report(StatusView status) {
        return new NodeInfo.ReportInfo(
                status.name(),
                status.version(),
                status.network(),
                status.networkHash(),
                status.height(),
                status.tip(),
                status.tipTimestampMillis(),
                status.work(),
                status.ready(),
                status.sync().state(),
                status.peers(),
                status.mempoolTransactions(),
                status.mempoolBytes(),
                status.mining(),
                status.startedAtMillis());
    }

    private static TreeInfo.TreeBlockInfo treeBlock(TreeBlock block, boolean canonical, List<TreeInfo.NodeName> heads) {
        return new TreeInfo.TreeBlockInfo(
                block.hash().toHex(),
                block.parent().toHex(),
                block.height(),
                block.timestampMillis(),
                block.work().toString(),
                block.miner(),
                block.transactionCount(),
                canonical,
                heads,
                block.firstSeen().map(Map.Entry::getValue).orElse(null),
                block.firstSeen().map(Map.Entry::getKey).orElse(null),
                block.arrivals());
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Enumerations are written in lower case with hyphens. */
    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
