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
import org.jspecify.annotations.Nullable;

/** Compares the nodes' tips on the tree. Work decides which chain is best; height does not count. */
final class AgreementJudge {

    private AgreementJudge() {}

    /** Judges the reachable nodes of one network; {@code sinceMillis} is left at 0. */
    static Agreement judge(List<NodeView> nodes, TreeSnapshot tree) {
        List<Report> reports = nodes.stream()
                .flatMap(node -> node.report().stream())
                .sorted(Comparator.comparing(Report::head, Head.BY_FORK_CHOICE).reversed())
                .toList();
        if (reports.isEmpty()) {
            return Agreement.WITHOUT_NODES;
        }
        List<OpenBranch> branches = new ArrayList<>();
        for (Report report : reports) {
            place(report, branches, tree);
        }
        Head best = branches.getFirst().tip;
        boolean oneTip =
                reports.stream().allMatch(report -> report.head().hash().equals(best.hash()));
        State state = oneTip ? State.ONE : branches.size() == 1 ? State.LAGGING : State.SPLIT;
        TreeBlock lastCommon = lastCommon(reports, best, tree);
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
    private static void place(Report report, List<OpenBranch> branches, TreeSnapshot tree) {
        Head head = report.head();
        OpenBranch home = branches.stream()
                .filter(branch -> branch.hashes.contains(head.hash()))
                .findFirst()
                .orElse(null);
        if (home == null && !isKnown(head, tree) && !branches.isEmpty()) {
            // Below the window, or not fetched yet: nothing says that its chain is another one.
            home = branches.getFirst();
        }
        if (home == null) {
            home = new OpenBranch(head, tree.branch(head.hash()));
            branches.add(home);
        }
        home.nodes.add(new Follower(
                report.status().nodeKey(), report.status().name(), Math.max(0, home.tip.height() - head.height())));
    }

    private static boolean isKnown(Head head, TreeSnapshot tree) {
        return tree.block(head.hash()).isPresent();
    }

    private static @Nullable TreeBlock lastCommon(List<Report> reports, Head best, TreeSnapshot tree) {
        BlockHash common = best.hash();
        for (Report report : reports) {
            Optional<TreeBlock> shared = tree.lastCommon(common, report.head().hash());
            if (shared.isEmpty()) {
                return null;
            }
            common = shared.get().hash();
        }
        return tree.block(common).orElse(null);
    }

    private static final class OpenBranch {
        private final Head tip;
        private final Set<BlockHash> hashes;
        private final List<Follower> nodes = new ArrayList<>();

        OpenBranch(Head tip, Set<BlockHash> hashes) {
            this.tip = tip;
            this.hashes = hashes;
        }
    }
}
