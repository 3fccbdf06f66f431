package dev.rensa.explorer.web;

import dev.rensa.explorer.api.PassportInfo;
import dev.rensa.explorer.api.PassportInfo.NodePages;
import dev.rensa.explorer.api.PassportInfo.StampInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's time line: a row a node, a mark a stamp. Time runs by its logarithm, for nodes hear of a transaction within
 * milliseconds and mine it seconds later.
 *
 * @param width of the drawing in its own units, which are pixels at full size
 */
public record PassportDrawing(List<Row> rows, List<Tick> ticks, int width, int height) {

    private static final int WIDTH = 860;
    private static final int LEFT = 130;
    private static final int RIGHT = 40;
    private static final int TOP = 30;
    private static final int ROW_HEIGHT = 30;

    /** Marks of the scale, in milliseconds. */
    private static final long[] MARKS = {1, 10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 36_000_000, 86_400_000};

    /** A node's row. */
    public record Row(String name, int y, int fromX, int toX, List<Mark> marks) {}

    /** A stamp at its place. */
    public record Mark(int x, StampInfo stamp, long offsetMillis) {}

    /** A line of the scale. */
    public record Tick(int x, long millis) {}

    /** Null if no node told of the transaction. */
    static @Nullable PassportDrawing of(PassportInfo passport) {
        Long first = passport.firstSeenMillis();
        if (first == null) {
            return null;
        }
        long span = passport.nodes().stream()
                .flatMap(node -> node.stamps().stream())
                .mapToLong(stamp -> stamp.timeMillis() - first)
                .max()
                .orElse(0);
        long longest = Math.max(10, span);
        List<Row> rows = new ArrayList<>();
        for (NodePages node : passport.nodes()) {
            int y = TOP + rows.size() * ROW_HEIGHT + ROW_HEIGHT / 2;
            List<Mark> marks = node.stamps().stream()
                    .map(stamp -> new Mark(x(stamp.timeMillis() - first, longest), stamp, stamp.timeMillis() - first))
                    .toList();
            rows.add(new Row(
                    node.name(), y, marks.getFirst().x(), marks.getLast().x(), marks));
        }
        List<Tick> ticks = new ArrayList<>();
        for (long mark : MARKS) {
            if (mark <= longest) {
                ticks.add(new Tick(x(mark, longest), mark));
            }
        }
        return new PassportDrawing(rows, ticks, WIDTH, TOP + rows.size() * ROW_HEIGHT + 10);
    }

    /** Where the rows end. */
    public int bottom() {
        return TOP + rows.size() * ROW_HEIGHT;
    }

    public int left() {
        return LEFT;
    }

    private static int x(long offset, long longest) {
        double share = Math.log1p((double) Math.max(0, offset)) / Math.log1p((double) longest);
        return LEFT + (int) Math.round(share * (WIDTH - LEFT - RIGHT));
    }
}
