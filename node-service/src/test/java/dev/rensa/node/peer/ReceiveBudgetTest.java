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
    void shouldLetWhoEmptiedItsPurseWaitAlone() {
        List<ReceiveBudget.Purse> greedy = List.of(new ReceiveBudget.Purse("greedy", 40));
        ReceiveBudget.Share first = ask("first", 30, greedy);
        ReceiveBudget.Share second = ask("second", 20, greedy);

        assertThat(second.isGranted()).isFalse();
        ReceiveBudget.Share other = ask("other", 60);
        assertThat(other.isGranted()).isTrue();
        assertThat(other.isWaitedFor()).as("what waits lacks something else").isFalse();
        ask("crowded", 20);
        assertThat(other.isWaitedFor()).isTrue();
        first.release();

        assertThat(granted).containsExactly("second", "crowded");
    }

    /** Messages that nobody asked for wait for one another, although there is room for answers. */
    @Test
    void shouldHurryThoseWhoHoldWhatAPurseLacks() {
        ReceiveBudget.Purse common = new ReceiveBudget.Purse("common", 40);
        ReceiveBudget.Share slow = ask("slow", 30, List.of(new ReceiveBudget.Purse("one", 40), common));
        ReceiveBudget.Share answer = ask("answer", 30, List.of(new ReceiveBudget.Purse("three", 40)));

        ReceiveBudget.Share waits = ask("waits", 20, List.of(new ReceiveBudget.Purse("two", 40), common));

        assertThat(slow.isWaitedFor()).isTrue();
        assertThat(answer.isWaitedFor()).isFalse();
        assertThat(waits.isWaitedFor()).as("it holds nothing").isFalse();
    }

    @Test
    void shouldGrantAFirstFrameThatIsLongerThanThePurse() {
        List<ReceiveBudget.Purse> small = List.of(new ReceiveBudget.Purse("small", 10));

        assertThat(ask("long", 50, small).isGranted()).isTrue();
        assertThat(ask("short", 1, small).isGranted()).isFalse();
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
        return ask(name, bytes, List.of());
    }

    private ReceiveBudget.Share ask(String name, int bytes, List<ReceiveBudget.Purse> purses) {
        return budget.ask(bytes, purses, () -> granted.add(name));
    }
}
