package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShownTransactionsTest {

    private final AtomicLong clock = new AtomicLong();
    private final ShownTransactions shown = new ShownTransactions(clock::get);

    @Test
    void shouldChooseSomeASecondAndTellTheWholeWayOfThese() {
        for (int i = 0; i < ShownTransactions.A_SECOND; i++) {
            assertThat(shown.isShown("transaction " + i)).isTrue();
        }

        assertThat(shown.isShown("one too many")).isFalse();
        assertThat(shown.isShown("transaction 3")).isTrue();

        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(shown.isShown("one too many")).isTrue();
    }
}
