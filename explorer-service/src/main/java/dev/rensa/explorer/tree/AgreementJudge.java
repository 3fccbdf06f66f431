package dev.rensa.explorer.tree;

import dev.rensa.explorer.observe.Head;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.explorer.observe.NodeView.Report;
import dev.rensa.explorer.tree.Agreement.Branch;
import dev.rensa.explorer.tree.Agreement.Follower;
import dev.rensa.explorer.tree.Agreement.State;
import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the nodes' tips on the tree. Work decides which chain is best; height does not count. */
final class AgreementJudge {

    private AgreementJudge() {}

    /**
     * Judges the reachable nodes of one network; {@code sinceMillis} is left at 0.
     *
     * @param deepCommon where the chain of a node, named by its key, leaves the best one, if that is below the tree
     */
    static Agreement judge(List<NodeView> nodes, TreeSnapshot tree, Function<String, Optional<TreeBlock>> deepCommon) {
        List<Report> reports = nodes.stream()
                .flatMap(node -> node.report().stream())
                .sorted(Comparator.comparing(Report::head, Head.BY_FORK_CHOICE).reversed())
                .toList();
        if (reports.isEmpty()) {
            return Agreement.WITHOUT_NODES;
        }
        List<OpenBranch> branches = new ArrayList<>();
        for (Report report : reports) {
            place(report, branches, tree, deepCommon);
        }
        Head best = branches.getFirst().tip;
        boolean oneTip =
                reports.stream().allMatch(report -> report.head().hash().equals(best.hash()));
        State state = oneTip ? State.ONE : branches.size() == 1 ? State.LAGGING : State.SPLIT;
        TreeBlock lastCommon = lastCommon(reports, best, tree, deepCommon);
        long depth = best.height() - (lastCommon == null ? tree.lowestHeight() : lastCommon.height());
        return new Agreement(
                state,
                0,
                lastCommon,
                Math.max(0, depth),
                branches.stream()
                        .map(branch -> new Branch(branch.tip, List.copyOf(branch.nodes)))
                        .toList());
    }

    /** Reports come best first, so a tip that lies on a branch already opened is that branch's or an ancestor's. */
    private static void place(
            Report report,
            List<OpenBranch> branches,
            TreeSnapshot tree,
            Function<String, Optional<TreeBlock>> deepCommon) {
        Head head = report.head();
        boolean known = tree.block(head.hash()).isPresent();
        BlockHash parting =
                deepCommon.apply(report.status().nodeKey()).map(TreeBlock::hash).orElse(null);
        OpenBranch home = branches.stream()
                .filter(branch -> branch.hashes.contains(head.hash())
                        || (!known && parting != null && parting.equals(branch.parting)))
                .findFirst()
                .orElse(null);
        if (home == null && !known && parting == null && !branches.isEmpty()) {
            // Below the window, or not fetched yet: nothing says that its chain is another one.
            home = branches.getFirst();
        }
        if (home == null) {
            home = new OpenBranch(head, tree.branch(head.hash()), parting);
            branches.add(home);
        }
        home.nodes.add(new Follower(
                report.status().nodeKey(), report.status().name(), Math.max(0, home.tip.height() - head.height())));
    }

    /** Each node shares a beginning of the best chain; the shortest of these is common to all. */
    private static @Nullable TreeBlock lastCommon(
            List<Report> reports, Head best, TreeSnapshot tree, Function<String, Optional<TreeBlock>> deepCommon) {
        Set<BlockHash> bestBranch = tree.branch(best.hash());
        TreeBlock lowest = null;
        for (Report report : reports) {
            Optional<TreeBlock> shared = tree.lastCommon(
                            bestBranch, report.head().hash())
                    .or(() -> deepCommon.apply(report.status().nodeKey()));
            if (shared.isEmpty()) {
                return null;
            }
            if (lowest == null || shared.get().height() < lowest.height()) {
                lowest = shared.get();
            }
        }
        return lowest;
    }

    private static final class OpenBranch {
        private final Head tip;
        private final Set<BlockHash> hashes;

        /** Where it leaves the best chain, if that is below the tree: whoever leaves it there is taken to be on it too. */
        private final @Nullable BlockHash parting;

        private final List<Follower> nodes = new ArrayList<>();

        OpenBranch(Head tip, Set<BlockHash> hashes, @Nullable BlockHash parting) {
            this.tip = tip;
            this.hashes = hashes;
            this.parting = parting;
        }
    }
}
