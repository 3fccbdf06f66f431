package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A peer that takes much or little, looked at once a second, five of which it may take nothing. */
class PaceTest {
    private static final long SECOND = 1_000_000_000;
    private static final int GRACE = 5;
    private static final int LONG = 60;
    private static final long MUCH = Pace.LOW_BYTES + 1;

    @Test
    void shouldLetGoWhoTakesNothingWhileOthersWait() {
        assertThat(secondsUntilTooSlow(0, MUCH, _ -> true)).isEqualTo(GRACE);
    }

    @Test
    void shouldLetGoWhoTakesALittleAgainAndAgain() {
        assertThat(secondsUntilTooSlow(Pace.MIN_BYTES_PER_SECOND / 20, MUCH, _ -> true))
                .isEqualTo(GRACE + 1);
    }

    @Test
    void shouldKeepWhoTakesEnough() {
        assertThat(secondsUntilTooSlow(Pace.MIN_BYTES_PER_SECOND, MUCH, _ -> true))
                .isEqualTo(LONG);
    }

    @Test
    void shouldKeepWhoIsSlowWhileNobodyWaits() {
        assertThat(secondsUntilTooSlow(0, MUCH, _ -> false)).isEqualTo(LONG);
    }

    @Test
    void shouldKeepWhoHasLittleWaiting() {
        assertThat(secondsUntilTooSlow(0, Pace.LOW_BYTES, _ -> true)).isEqualTo(LONG);
    }

    /** Where some are cut others are answered for a moment, and then it is as it was. */
    @Test
    void shouldLetGoWhoTakesALittleThoughOthersWaitWithBreaks() {
        assertThat(secondsUntilTooSlow(Pace.MIN_BYTES_PER_SECOND / 20, MUCH, second -> second % 2 == 0))
                .isBetween(GRACE, 3 * GRACE);
    }

    private static int secondsUntilTooSlow(int bytesPerSecond, long queuedBytes, IntPredicate crowded) {
        Pace pace = new Pace(GRACE * SECOND, 0);
        return IntStream.rangeClosed(1, LONG)
                .filter(second -> pace.isTooSlow(
                        second * SECOND, crowded.test(second), (long) bytesPerSecond * second, queuedBytes))
                .findFirst()
                .orElse(LONG);
    }
}
