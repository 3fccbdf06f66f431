package dev.rensa.explorer.web;

import dev.rensa.explorer.api.AgreementInfo;
import dev.rensa.explorer.api.TreeInfo;
import dev.rensa.explorer.api.TreeInfo.NodeName;
import dev.rensa.explorer.api.TreeInfo.TreeBlockInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where each block of the tree stands on the drawing: a column a height, a row a branch. The best chain has the first
 * row; a branch takes the first row that is free at all its heights.
 *
 * @param boxes the blocks
 * @param links from each block to its parent, where that is drawn too
 * @param width of the drawing in its own units, which are pixels at full size
 */
public record TreeDrawing(List<Box> boxes, List<Link> links, int width, int height) {

    /** Newest heights that are drawn: more would not fit a screen. */
    static final int COLUMNS = 16;

    /** Most rows; more branches at once than that are left out, and the API has them all. */
    static final int ROWS = 6;

    static final int BOX_WIDTH = 84;
    static final int BOX_HEIGHT = 44;
    private static final int COLUMN_WIDTH = 112;
    private static final int LABEL_HEIGHT = 15;
    private static final int MARGIN = 12;
    private static final int ROW_GAP = 18;

    /** A block at its place, in the colour of its branch; the nodes' names stand below it, one a line. */
    public record Box(TreeBlockInfo block, String branch, int x, int y, List<Label> labels) {
        /** Middle of the box, where its texts are centred. */
        public int middle() {
            return x + BOX_WIDTH / 2;
        }

        public int width() {
            return BOX_WIDTH;
        }

        public int height() {
            return BOX_HEIGHT;
        }
    }

    /** A node's name at its place. */
    public record Label(String text, int y) {}

    /** A line between two boxes, in the colour of the upper one's branch. */
    public record Link(String child, String branch, int fromX, int fromY, int toX, int toY) {
        /** A curve that leaves and arrives level. */
        public String path() {
            int middle = (fromX + toX) / 2;
            return "M" + fromX + " " + fromY + " C" + middle + " " + fromY + " " + middle + " " + toY + " " + toX + " "
                    + toY;
        }
    }

    /** Places the newest blocks of the tree. */
    static TreeDrawing of(TreeInfo tree, AgreementInfo agreement) {
        if (tree.blocks().isEmpty()) {
            return new TreeDrawing(List.of(), List.of(), 0, 0);
        }
        long highest = tree.blocks().getFirst().height();
        long lowest = Math.max(0, highest - COLUMNS + 1);
        List<TreeBlockInfo> shown =
                tree.blocks().stream().filter(block -> block.height() >= lowest).toList();
        Map<String, Integer> rows = rows(shown);
        int[] tops = rowTops(shown, rows);
        Map<String, String> branches = branches(tree.blocks(), agreement);
        Map<String, Box> boxes = new LinkedHashMap<>();
        for (TreeBlockInfo block : shown) {
            Integer row = rows.get(block.hash());
            if (row != null) {
                int x = MARGIN + (int) (block.height() - lowest) * COLUMN_WIDTH;
                String branch = branches.getOrDefault(block.hash(), "branch-none");
                boxes.put(block.hash(), new Box(block, branch, x, tops[row], labels(block, tops[row])));
            }
        }
        List<Box> ordered = List.copyOf(boxes.values());
        int columns = (int) (highest - lowest + 1);
        return new TreeDrawing(
                ordered,
                links(ordered, boxes),
                2 * MARGIN + (columns - 1) * COLUMN_WIDTH + BOX_WIDTH,
                tops[tops.length - 1]);
    }

    /** The branch of each block that some node's chain holds: of those that share it, the best. */
    private static Map<String, String> branches(List<TreeBlockInfo> blocks, AgreementInfo agreement) {
        Map<String, TreeBlockInfo> byHash = new HashMap<>();
        blocks.forEach(block -> byHash.put(block.hash(), block));
        Map<String, String> branches = new HashMap<>();
        for (int i = 0; i < agreement.branches().size(); i++) {
            TreeBlockInfo block = byHash.get(agreement.branches().get(i).tip());
            while (block != null && branches.putIfAbsent(block.hash(), Branches.branch(i)) == null) {
                block = byHash.get(block.parent());
            }
        }
        return branches;
    }

    /** Rows by block, given from the tips down: a branch keeps its row until it meets one that has a row already. */
    private static Map<String, Integer> rows(List<TreeBlockInfo> shown) {
        Map<String, TreeBlockInfo> byHash = new HashMap<>();
        shown.forEach(block -> byHash.put(block.hash(), block));
        Map<String, Integer> rows = new HashMap<>();
        shown.stream().filter(TreeBlockInfo::canonical).forEach(block -> rows.put(block.hash(), 0));
        Map<Integer, List<long[]>> taken = new TreeMap<>();
        for (TreeBlockInfo tip : shown) {
            if (rows.containsKey(tip.hash())) {
                continue;
            }
            List<TreeBlockInfo> branch = new ArrayList<>();
            for (TreeBlockInfo block = tip;
                    block != null && !rows.containsKey(block.hash());
                    block = byHash.get(block.parent())) {
                branch.add(block);
            }
            int row = freeRow(branch.getLast().height(), tip.height(), taken);
            if (row < ROWS) {
                branch.forEach(block -> rows.put(block.hash(), row));
            }
        }
        return rows;
    }

    private static int freeRow(long from, long to, Map<Integer, List<long[]>> taken) {
        for (int row = 1; row < ROWS; row++) {
            List<long[]> spans = taken.computeIfAbsent(row, _ -> new ArrayList<>());
            if (spans.stream().allMatch(span -> to < span[0] || from > span[1])) {
                spans.add(new long[] {from, to});
                return row;
            }
        }
        return ROWS;
    }

    /** Upper edge of each row, and behind them the lower edge of the last: a row is as high as its labels need. */
    private static int[] rowTops(List<TreeBlockInfo> shown, Map<String, Integer> rows) {
        int count = rows.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        int[] labels = new int[count];
        for (TreeBlockInfo block : shown) {
            Integer row = rows.get(block.hash());
            if (row != null) {
                labels[row] = Math.max(labels[row], names(block).size());
            }
        }
        int[] tops = new int[count + 1];
        tops[0] = MARGIN;
        for (int row = 0; row < count; row++) {
            tops[row + 1] = tops[row] + BOX_HEIGHT + labels[row] * LABEL_HEIGHT + ROW_GAP;
        }
        return tops;
    }

    private static List<Label> labels(TreeBlockInfo block, int top) {
        List<Label> labels = new ArrayList<>();
        for (String name : names(block)) {
            labels.add(new Label(name, top + BOX_HEIGHT + (labels.size() + 1) * LABEL_HEIGHT));
        }
        return labels;
    }

    /** At most five names a block; behind those, how many more. */
    private static List<String> names(TreeBlockInfo block) {
        List<String> names =
                block.heads().stream().map(NodeName::name).map(Formats::cut).toList();
        if (names.size() <= 5) {
            return names;
        }
        List<String> some = new ArrayList<>(names.subList(0, 4));
        some.add("+" + (names.size() - 4));
        return some;
    }

    private static List<Link> links(List<Box> ordered, Map<String, Box> boxes) {
        List<Link> links = new ArrayList<>();
        for (Box box : ordered) {
            Box parent = boxes.get(box.block().parent());
            if (parent != null) {
                links.add(new Link(
                        box.block().hash(),
                        box.branch(),
                        parent.x() + BOX_WIDTH,
                        parent.y() + BOX_HEIGHT / 2,
                        box.x(),
                        box.y() + BOX_HEIGHT / 2));
            }
        }
        return links;
    }
}
