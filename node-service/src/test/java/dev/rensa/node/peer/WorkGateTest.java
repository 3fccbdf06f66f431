package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gate whose clock and timers stand still until the test moves them. */
class WorkGateTest {

    private static final long SECOND = 1_000_000_000;

    private final List<Integer> done = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private boolean room = true;
    private long nanos;
    private final WorkGate gate = new WorkGate(100, () -> room, () -> nanos, timers::add);

    @Test
    void shouldLetABurstThroughAndTheRestAtItsRate() {
        pass(30, 10);

        assertThat(done).hasSize(10);
        nanos += SECOND / 2;
        fire();
        assertThat(done).hasSize(15);
        nanos += 10 * SECOND;
        fire();
        assertThat(done).hasSize(25);
        nanos += SECOND;
        fire();

        assertThat(done).hasSize(30).isSorted();
        assertThat(timers).isEmpty();
    }

    @Test
    void shouldDoWorkThatIsDearerThanASecondAllowsAndHaveItPaidAfterwards() {
        gate.pass(500, () -> done.add(0));
        gate.pass(1, () -> done.add(1));

        assertThat(done).containsExactly(0);
        nanos += 4 * SECOND;
        fire();
        assertThat(done).containsExactly(0);
        nanos += SECOND;
        fire();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void shouldWaitForRoomButNeverHoldBackAnswers() {
        room = false;
        gate.pass(1, () -> done.add(1));
        gate.pass(0, () -> done.add(0));

        assertThat(done).containsExactly(0);
        room = true;
        fire();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void shouldLetEverythingGoWhenTheConnectionIsGone() {
        pass(30, 10);

        gate.close();
        gate.pass(1_000, () -> done.add(30));

        assertThat(done).hasSize(31).isSorted();
        fire();
        assertThat(done).hasSize(31);
    }

    private void pass(int count, int units) {
        for (int i = 0; i < count; i++) {
            int each = i;
            gate.pass(units, () -> done.add(each));
        }
    }

    private void fire() {
        List<Runnable> now = List.copyOf(timers);
        timers.clear();
        now.forEach(Runnable::run);
    }
}
