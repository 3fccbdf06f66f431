package dev.rensa.explorer.web;

import dev.rensa.explorer.api.AgreementInfo;
import dev.rensa.explorer.api.SeriesInfo;
import io.quarkus.qute.TemplateExtension;

/** Each branch has one colour wherever it is shown: the best chain the first, the others by their order. */
@TemplateExtension
final class Branches {

    /** Colours there are; more branches than that share the last one. */
    static final int COLOURS = 5;

    private Branches() {}

    /** The class of the branch that a node is on. */
    static String branchOf(AgreementInfo agreement, String nodeKey) {
        for (int i = 0; i < agreement.branches().size(); i++) {
            if (agreement.branches().get(i).nodes().stream()
                    .anyMatch(node -> node.nodeKey().equals(nodeKey))) {
                return branch(i);
            }
        }
        return "branch-none";
    }

    /** How many nodes agree or disagree. */
    static int nodeCount(AgreementInfo agreement) {
        return agreement.branches().stream()
                .mapToInt(branch -> branch.nodes().size())
                .sum();
    }

    /** Blocks of all branches that ended abandoned, in percent. */
    static double forkPercent(SeriesInfo.Point point) {
        Integer seen = point.seenBlocks();
        Integer abandoned = point.abandonedBlocks();
        return seen == null || abandoned == null || seen == 0 ? 0 : 100.0 * abandoned / seen;
    }

    static String branch(int index) {
        return "branch-" + Math.min(index, COLOURS - 1);
    }
}
