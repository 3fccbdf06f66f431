package dev.rensa.explorer.api;

import dev.rensa.explorer.api.SeriesInfo.Point;
import dev.rensa.explorer.api.StatsInfo.PropagationInfo;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import dev.rensa.explorer.tree.TreeSnapshot;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.work.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Figures of the newest blocks as they went, for charts. */
@ApplicationScoped
public class Series {

    /** Most points of a series: more than that no chart of usual width can tell apart. */
    static final int MAX_POINTS = 60;

    private final ChainQueries queries;
    private final ChainReader chain;
    private final TreeKeeper tree;
    private final NodeDirectory directory;

    Series(ChainQueries queries, ChainReader chain, TreeKeeper tree, NodeDirectory directory) {
        this.queries = queries;
        this.chain = chain;
        this.tree = tree;
        this.directory = directory;
    }

    /** The newest so many blocks, 1 to 10,000. */
    public SeriesInfo over(int count) {
        // One block more: the first group's time begins with it.
        List<IndexedBlock> blocks =
                queries.blocksDown(chain.cursor().height(), count + 1).reversed();
        int first = blocks.size() > count ? 1 : 0;
        int size = (count + MAX_POINTS - 1) / MAX_POINTS;
        TreeSnapshot snapshot = tree.snapshot();
        Set<BlockHash> best =
                directory.bestHead().map(Head::hash).map(snapshot::branch).orElse(Set.of());
        List<Point> points = new ArrayList<>();
        // From the newest group down, so that only the oldest one may be shorter.
        for (int end = blocks.size(); end > first; end -= size) {
            int begin = Math.max(first, end - size);
            points.add(point(blocks, begin, end, snapshot, best));
        }
        return new SeriesInfo(blocks.get(first).height(), blocks.getLast().height(), points.reversed());
    }

    private static Point point(
            List<IndexedBlock> blocks, int begin, int end, TreeSnapshot snapshot, Set<BlockHash> best) {
        List<IndexedBlock> group = blocks.subList(begin, end);
        IndexedBlock newest = group.getLast();
        // Block 0 was found by nobody: its time is that of the genesis file.
        boolean timed = begin > 0 && blocks.get(begin - 1).height() > 0;
        long span = timed
                ? newest.header().timestampMillis()
                        - blocks.get(begin - 1).header().timestampMillis()
                : 0;
        long transactions =
                group.stream().mapToLong(IndexedBlock::transactionCount).sum();
        List<TreeBlock> seen = snapshot.blocks().stream()
                .filter(block -> block.height() >= group.getFirst().height() && block.height() <= newest.height())
                .toList();
        boolean watched = !seen.isEmpty();
        PropagationInfo propagation = Statistics.propagation(seen);
        return new Point(
                group.getFirst().height(),
                newest.height(),
                newest.header().timestampMillis(),
                timed ? span / group.size() : null,
                transactions,
                span <= 0 ? null : transactions * 1_000.0 / span,
                Work.ofTarget(newest.header().target()).value().doubleValue(),
                group.stream().map(block -> BigInteger.valueOf(block.fees())).reduce(BigInteger.ZERO, BigInteger::add),
                group.stream().mapToLong(IndexedBlock::size).sum(),
                watched ? seen.size() : null,
                watched
                        ? (int) seen.stream()
                                .filter(block -> !best.contains(block.hash()))
                                .count()
                        : null,
                propagation == null ? null : propagation.p50Millis());
    }
}
