package dev.rensa.explorer.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.api.AgreementInfo;
import dev.rensa.explorer.api.AgreementInfo.BranchInfo;
import dev.rensa.explorer.api.AgreementInfo.BranchNode;
import dev.rensa.explorer.api.PassportInfo;
import dev.rensa.explorer.api.PassportInfo.NodePages;
import dev.rensa.explorer.api.PassportInfo.StampInfo;
import dev.rensa.explorer.api.TreeInfo;
import dev.rensa.explorer.api.TreeInfo.TreeBlockInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrawingsTest {

    @Test
    void shouldGiveEachBranchARowAndTheColourOfItsPlaceInTheAgreement() {
        // a1 - a2 - a3 is the best chain; b2 - b3 is followed by a node, c2 by nobody any more.
        TreeInfo tree = new TreeInfo(
                0,
                "a3",
                List.of(
                        block("a3", "a2", 3, true),
                        block("b3", "b2", 3, false),
                        block("a2", "a1", 2, true),
                        block("b2", "a1", 2, false),
                        block("c2", "a1", 2, false),
                        block("a1", "a0", 1, true)));
        AgreementInfo split = new AgreementInfo(
                "split", 0, null, 2, List.of(branch("a3", "node-1", "node-2"), branch("b3", "node-3")));

        TreeDrawing drawing = TreeDrawing.of(tree, split);

        Map<String, String> colours = drawing.boxes().stream()
                .collect(Collectors.toMap(box -> box.block().hash(), TreeDrawing.Box::branch));
        assertThat(colours)
                .containsEntry("a3", "branch-0")
                .containsEntry("a1", "branch-0")
                .containsEntry("b3", "branch-1")
                .containsEntry("b2", "branch-1")
                .containsEntry("c2", "branch-none");
        assertThat(drawing.boxes().stream().map(TreeDrawing.Box::y).distinct()).hasSize(3);
        assertThat(drawing.links()).hasSize(5);
        assertThat(Branches.branchOf(split, "node-3")).isEqualTo("branch-1");
        assertThat(Branches.branchOf(split, "node-4")).isEqualTo("branch-none");
        assertThat(Branches.nodeCount(split)).isEqualTo(3);
    }

    @Test
    void shouldSetStampsByTheLogarithmOfTheirTime() {
        PassportDrawing drawing = Objects.requireNonNull(PassportDrawing.of(new PassportInfo(
                "id",
                1_000L,
                List.of(
                        new NodePages("1", "node-1", 0, List.of(stamp(1_000), stamp(11_000))),
                        new NodePages("2", "node-2", 10, List.of(stamp(1_010)))),
                List.of())));

        List<Integer> first = drawing.rows().getFirst().marks().stream()
                .map(PassportDrawing.Mark::x)
                .toList();
        int second = drawing.rows().getLast().marks().getFirst().x();
        assertThat(first.getFirst()).isEqualTo(drawing.left());
        assertThat(second).isBetween(first.getFirst() + 100, first.getLast() - 100);
        assertThat(drawing.ticks().stream().map(PassportDrawing.Tick::millis))
                .containsExactly(1L, 10L, 100L, 1_000L, 10_000L);
        assertThat(PassportDrawing.of(new PassportInfo("id", null, List.of(), List.of())))
                .isNull();
    }

    @Test
    void shouldWriteNumbersAsPeopleReadThem() {
        assertThat(Formats.span(35)).isEqualTo("35 ms");
        assertThat(Formats.span(5_230)).isEqualTo("5.2 s");
        assertThat(Formats.span(210_000)).isEqualTo("3.5 min");
        assertThat(Formats.signedSpan(-12)).isEqualTo("−12 ms");
        assertThat(Formats.mark(10_000)).isEqualTo("10 s");
        assertThat(Formats.sized(4_600L)).isEqualTo("4.5 KiB");
        assertThat(Formats.percent(0.0012)).isEqualTo("0.12 %");
        assertThat(Formats.magnitude(104_000)).isEqualTo("104.0 k");
        assertThat(Formats.magnitude(2.34)).isEqualTo("2.3");
    }

    private static TreeBlockInfo block(String hash, String parent, long height, boolean canonical) {
        return new TreeBlockInfo(hash, parent, height, 0, "1", "miner", 0, canonical, List.of(), null, null, Map.of());
    }

    private static BranchInfo branch(String tip, String... nodes) {
        return new BranchInfo(
                tip,
                3,
                "9",
                null,
                List.of(nodes).stream()
                        .map(name -> new BranchNode(name, name, 0))
                        .toList());
    }

    private static StampInfo stamp(long millis) {
        return new StampInfo(millis, "pending", null, null, null);
    }
}
