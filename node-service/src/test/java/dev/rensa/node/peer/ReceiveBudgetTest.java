package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiveBudgetTest {

    private final ReceiveBudget budget = new ReceiveBudget(100);
    private final List<String> granted = new ArrayList<>();

    @Test
    void shouldServeThoseWhoWaitInTurn() {
        ReceiveBudget.Share first = ask("first", 60);
        ReceiveBudget.Share large = ask("large", 80);
        ReceiveBudget.Share small = ask("small", 10);

        assertThat(first.isGranted()).isTrue();
        assertThat(large.isGranted()).isFalse();
        assertThat(small.isGranted()).as("a small one does not overtake").isFalse();
        first.release();

        assertThat(granted).containsExactly("large", "small");
        assertThat(budget.usedBytes()).isEqualTo(90);
    }

    @Test
    void shouldForgetWhoNoLongerWaits() {
        ReceiveBudget.Share first = ask("first", 60);
        ReceiveBudget.Share gone = ask("gone", 80);
        ask("small", 40);

        gone.release();

        assertThat(granted).containsExactly("small");
        first.release();
        first.release();
        gone.release();
        assertThat(budget.usedBytes()).isEqualTo(40);
    }

    @Test
    void shouldNeverGiveMoreThanItHas() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        List<ReceiveBudget.Share> open = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (open.isEmpty() || random.nextBoolean()) {
                open.add(ask("any", 1 + random.nextInt(100)));
            } else {
                open.remove(random.nextInt(open.size())).release();
            }
            assertThat(budget.usedBytes()).as("seed %d", seed).isBetween(0L, 100L);
        }

        open.forEach(ReceiveBudget.Share::release);
        assertThat(budget.usedBytes()).isZero();
    }

    private ReceiveBudget.Share ask(String name, int bytes) {
        return budget.ask(bytes, () -> granted.add(name));
    }
}
