package dev.rensa.explorer.api;

import dev.rensa.explorer.api.StatsInfo.MinerInfo;
import dev.rensa.explorer.api.StatsInfo.PropagationInfo;
import dev.rensa.explorer.index.ChainQueries;
import dev.rensa.explorer.index.IndexCursor;
import dev.rensa.explorer.index.IndexedBlock;
import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeDirectory;
import dev.rensa.explorer.tree.TreeBlock;
import dev.rensa.explorer.tree.TreeKeeper;
import dev.rensa.explorer.tree.TreeSnapshot;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.BlockHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Figures over the newest blocks and the recent tree. */
@ApplicationScoped
public class Statistics {

    /** Most blocks that one question reads: at 5 s a block, fourteen hours. */
    static final int MAX_BLOCKS = 10_000;

    private static final int MAX_MINERS = 100;

    private final ChainQueries queries;
    private final ChainReader chain;
    private final TreeKeeper tree;
    private final NodeDirectory directory;
    private final Labels labels;

    Statistics(ChainQueries queries, ChainReader chain, TreeKeeper tree, NodeDirectory directory, Labels labels) {
        this.queries = queries;
        this.chain = chain;
        this.tree = tree;
        this.directory = directory;
        this.labels = labels;
    }

    /** Figures over the newest so many blocks, 1 to 10,000. */
    public StatsInfo over(int count) {
        List<IndexedBlock> blocks = queries.blocksDown(chain.cursor().height(), count);
        IndexedBlock newest = blocks.getFirst();
        IndexedBlock oldest = blocks.getLast();
        // Block 0 was found by nobody: its time is that of the genesis file, which may be years older than the network.
        List<IndexedBlock> found =
                blocks.stream().filter(block -> block.height() > 0).toList();
        int intervals = Math.max(0, found.size() - 1);
        long spanMillis = intervals == 0
                ? 0
                : newest.header().timestampMillis() - found.getLast().header().timestampMillis();
        // The first block's transactions waited before the span began.
        long within = found.stream()
                .limit(intervals)
                .mapToLong(IndexedBlock::transactionCount)
                .sum();
        TreeSnapshot snapshot = tree.snapshot();
        Set<BlockHash> best =
                directory.bestHead().map(Head::hash).map(snapshot::branch).orElse(Set.of());
        int abandoned = (int) snapshot.blocks().stream()
                .filter(block -> !best.contains(block.hash()))
                .count();
        return new StatsInfo(
                oldest.height(),
                newest.height(),
                blocks.size(),
                intervals == 0 ? null : spanMillis / intervals,
                blocks.stream().mapToLong(IndexedBlock::transactionCount).sum(),
                spanMillis <= 0 ? null : within * 1_000.0 / spanMillis,
                blocks.stream().map(block -> BigInteger.valueOf(block.fees())).reduce(BigInteger.ZERO, BigInteger::add),
                blocks.stream().mapToLong(IndexedBlock::size).sum(),
                newest.header().target().toHex(),
                snapshot.blocks().size(),
                abandoned,
                propagation(snapshot.blocks()));
    }

    /** Who mined the newest so many blocks, 1 to 10,000; most first. */
    public List<MinerInfo> miners(int count) {
        IndexCursor cursor = chain.cursor();
        long from = Math.max(1, cursor.height() - count + 1);
        long blocks = Math.max(1, cursor.height() - from + 1);
        return queries.miners(from, MAX_MINERS).stream()
                .map(miner -> {
                    String address = new Address(cursor.genesis().addressPrefix(), miner.key()).toString();
                    return new MinerInfo(
                            address,
                            labels.of(address),
                            miner.blocks(),
                            (double) miner.blocks() / blocks,
                            miner.rewards(),
                            miner.lastHeight());
                })
                .toList();
    }

    /** A number of blocks that a question may read; another one is a problem. */
    public static int requireBlocks(int count) {
        return Inputs.inRange("blocks", count, 1, MAX_BLOCKS);
    }

    static @Nullable PropagationInfo propagation(List<TreeBlock> blocks) {
        long[] delays = blocks.stream()
                .flatMapToLong(block -> block.firstSeen().stream()
                        .flatMapToLong(first -> block.arrivals().entrySet().stream()
                                .filter(arrival -> !arrival.getKey().equals(first.getKey()))
                                .mapToLong(arrival -> arrival.getValue() - first.getValue())))
                .sorted()
                .toArray();
        return delays.length == 0
                ? null
                : new PropagationInfo(delays.length, at(delays, 50), at(delays, 90), at(delays, 99));
    }

    /** The nearest rank. */
    private static long at(long[] sorted, int percent) {
        return LongStream.of(sorted)
                .skip(Math.max(0, (long) Math.ceil(sorted.length * percent / 100.0) - 1))
                .findFirst()
                .orElseThrow();
    }
}
