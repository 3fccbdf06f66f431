package dev.rensa.node.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HashBudgetTest {

    private static final long START = -5_000_000_000L;

    @Test
    void shouldGrantWhatTheTimeHasEarned() {
        HashBudget budget = new HashBudget(20_000, START);

        assertThat(budget.available(START)).isZero();
        assertThat(budget.available(START + nanos(50))).isEqualTo(1_000);
        budget.spend(1_000);
        assertThat(budget.available(START + nanos(50))).isZero();
        assertThat(budget.nanosUntil(400, START + nanos(50))).isEqualTo(nanos(20));
    }

    @Test
    void shouldNotMakeUpForALongPause() {
        HashBudget budget = new HashBudget(20_000, START);

        assertThat(budget.available(START + nanos(60_000))).isEqualTo(4_000);
    }

    @Test
    void shouldKeepToTheCapOverTime() {
        HashBudget budget = new HashBudget(12_345, START);
        long spent = 0;

        for (int millis = 1; millis <= 10_000; millis++) {
            long available = budget.available(START + nanos(millis));
            budget.spend(available);
            spent += available;
        }

        assertThat(spent).isBetween(123_440L, 123_450L);
    }

    @Test
    void shouldRefuseACapThatIsNone() {
        assertThatThrownBy(() -> new HashBudget(0, START)).hasMessageContaining("hash cap");
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
