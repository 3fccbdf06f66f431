package dev.rensa.protocol.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.VectorFile;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsertTest {

    /** Bitcoin Cash's parameters, which the published runs use. */
    private static final long BITCOIN_CASH_SPACING_SECONDS = 600;

    private static final long BITCOIN_CASH_HALF_LIFE_SECONDS = 172_800;
    private static final CompactTarget BITCOIN_CASH_EASIEST = CompactTarget.fromHex("1d00ffff");

    private static final CompactTarget EASIEST = CompactTarget.fromHex("2100ffff");
    private static final CompactTarget ANCHOR = CompactTarget.fromHex("1e123456");
    private static final long GENESIS_MILLIS = 1_800_000_000_000L;
    private static final long SPACING_MILLIS = 5_000;
    private static final long HALF_LIFE_MILLIS = 600_000;

    @ParameterizedTest
    @MethodSource("publishedRuns")
    void shouldFollowThePublishedRunsInSeconds(String run) {
        assertFollows(Run.read(run), 1);
    }

    @ParameterizedTest
    @MethodSource("publishedRuns")
    void shouldFollowThePublishedRunsInMilliseconds(String run) {
        assertFollows(Run.read(run), 1_000);
    }

    @Test
    void shouldKnowAllPublishedRows() {
        int rows = publishedRuns()
                .map(Run::read)
                .mapToInt(run -> run.rows().size())
                .sum();

        assertThat(rows).isEqualTo(3_000);
    }

    @Test
    void shouldKeepTheTargetWhileTheChainIsOnSchedule() {
        for (long height = 0; height < 2_000; height++) {
            CompactTarget next = next(GENESIS_MILLIS + height * SPACING_MILLIS, height);

            assertThat(next).isEqualTo(ANCHOR);
        }
    }

    @Test
    void shouldDoubleTheTargetOneHalfLifeBehindAndHalveItOneHalfLifeAhead() {
        long onSchedule = GENESIS_MILLIS + 1_000 * SPACING_MILLIS;

        CompactTarget behind = next(onSchedule + HALF_LIFE_MILLIS, 1_000);
        CompactTarget ahead = next(onSchedule - HALF_LIFE_MILLIS, 1_000);

        assertThat(behind.target()).isEqualTo(ANCHOR.target().shiftLeft(1));
        assertThat(ahead.target()).isEqualTo(ANCHOR.target().shiftRight(1));
    }

    @Test
    void shouldNeverBecomeHarderWhenABlockTakesLonger() {
        BigInteger last = BigInteger.ZERO;

        for (long delay = -3 * HALF_LIFE_MILLIS; delay < 3 * HALF_LIFE_MILLIS; delay += 997) {
            BigInteger target =
                    next(GENESIS_MILLIS + 1_000 * SPACING_MILLIS + delay, 1_000).target();

            assertThat(target).isGreaterThanOrEqualTo(last);
            last = target;
        }
    }

    @Test
    void shouldStayWithinItsLimitsForTheMostExtremeArguments() {
        CompactTarget hardest = CompactTarget.fromTarget(BigInteger.ONE);

        CompactTarget late = Asert.nextTarget(ANCHOR, Long.MIN_VALUE, 0, Long.MAX_VALUE, 0, 1, 1, EASIEST);
        CompactTarget early = Asert.nextTarget(
                ANCHOR, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1, EASIEST);

        assertThat(late).isEqualTo(EASIEST);
        assertThat(early).isEqualTo(hardest);
    }

    @Test
    void shouldRefuseATipBelowTheAnchorAndScalesThatAreNotPositive() {
        assertThatThrownBy(() -> Asert.nextTarget(ANCHOR, 0, 5, 0, 4, 1, 1, EASIEST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asert.nextTarget(ANCHOR, 0, 0, 0, 0, 0, 1, EASIEST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asert.nextTarget(ANCHOR, 0, 0, 0, 0, 1, 0, EASIEST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<String> publishedRuns() {
        return IntStream.rangeClosed(1, 10).mapToObj("run%02d"::formatted);
    }

    private static CompactTarget next(long tipTimestampMillis, long tipHeight) {
        return Asert.nextTarget(
                ANCHOR,
                GENESIS_MILLIS - SPACING_MILLIS,
                0,
                tipTimestampMillis,
                tipHeight,
                SPACING_MILLIS,
                HALF_LIFE_MILLIS,
                EASIEST);
    }

    private static void assertFollows(Run run, long unitsPerSecond) {
        for (Row row : run.rows()) {
            CompactTarget next = Asert.nextTarget(
                    run.anchor(),
                    run.anchorParentSeconds() * unitsPerSecond,
                    0,
                    row.seconds() * unitsPerSecond,
                    // Run 10 counts past the largest signed long, which no height of ours does; only the distance
                    // counts.
                    row.height() - run.anchorHeight(),
                    BITCOIN_CASH_SPACING_SECONDS * unitsPerSecond,
                    BITCOIN_CASH_HALF_LIFE_SECONDS * unitsPerSecond,
                    BITCOIN_CASH_EASIEST);

            assertThat(next)
                    .as("height %s", Long.toUnsignedString(row.height()))
                    .isEqualTo(row.target());
        }
    }

    record Run(long anchorHeight, long anchorParentSeconds, CompactTarget anchor, List<Row> rows) {

        static Run read(String name) {
            List<String> lines = VectorFile.allLines("asert/" + name);
            return new Run(
                    Long.parseUnsignedLong(header(lines, "anchor height")),
                    Long.parseLong(header(lines, "anchor ancestor time")),
                    CompactTarget.fromHex(header(lines, "anchor nBits").substring(2)),
                    VectorFile.lines("asert/" + name).stream().map(Row::parse).toList());
        }

        private static String header(List<String> lines, String name) {
            String start = "##   " + name + ": ";
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    record Row(long height, long seconds, CompactTarget target) {

        static Row parse(String line) {
            List<String> columns = List.of(line.split(" "));
            return new Row(
                    Long.parseUnsignedLong(columns.get(1)),
                    Long.parseLong(columns.get(2)),
                    CompactTarget.fromHex(columns.get(3).substring(2)));
        }
    }
}
