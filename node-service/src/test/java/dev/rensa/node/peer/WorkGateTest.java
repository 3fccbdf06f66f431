package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.crypto.BlockHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gate whose clock and timers stand still until the test moves them. */
class WorkGateTest {

    private static final long SECOND = 1_000_000_000;

    private final List<Integer> done = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private boolean room = true;
    private long nanos;
    private final WorkGate gate = new WorkGate(100, () -> room, () -> nanos, timers::add);

    @Test
    void shouldLetThroughWhatItsRateAllowsAndASecondsWorthAtOnce() {
        tell(40, 10);

        assertThat(done).as("a new connection has no credit").isEmpty();
        nanos += SECOND / 2;
        fire();
        assertThat(done).hasSize(5);
        nanos += 10 * SECOND;
        fire();
        assertThat(done).hasSize(15);
        nanos += SECOND;
        fire();
        nanos += SECOND;
        fire();
        nanos += SECOND;
        fire();

        assertThat(done).hasSize(40).isSorted();
        assertThat(timers).isEmpty();
    }

    @Test
    void shouldDoWorkThatIsDearerThanASecondAllowsAndHaveItPaidAfterwards() {
        nanos += SECOND;
        gate.tell(work(0, 500));
        gate.tell(work(1, 1));

        assertThat(done).containsExactly(0);
        nanos += 4 * SECOND;
        fire();
        assertThat(done).containsExactly(0);
        nanos += SECOND;
        fire();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void shouldHoldBackQuestionsAloneWhileThereIsNoRoomForAnswers() {
        nanos += SECOND;
        room = false;
        gate.ask(work(1, 1));
        gate.ask(work(2, 1));
        gate.tell(work(3, 1));
        gate.tell(work(0, 0));

        assertThat(done).containsExactly(3, 0);
        room = true;
        fire();
        assertThat(done).containsExactly(3, 0, 1, 2);
    }

    @Test
    void shouldDropWhatWaitsWhenTheConnectionIsGone() {
        tell(30, 10);

        gate.close();
        gate.ask(work(30, 1));
        gate.tell(work(31, 0));

        assertThat(done).as("an answer is told all the same").containsExactly(31);
        assertThat(dropped).hasSize(31).isSorted();
        nanos += SECOND;
        fire();
        assertThat(done).hasSize(1);
    }

    @Test
    void shouldCostSomethingToTellWhatNobodyAskedFor() {
        for (FrameType type : FrameType.values()) {
            assertThat(WorkCost.of(type, 1) == 0).as("%s", type).isEqualTo(type.isAnswer());
        }
    }

    @Test
    void shouldPriceWhatIsReadFromDiskByWhatItTakes() {
        int bodies = WorkCost.of(FrameType.GET_BODIES, MessageLimits.MAX_BODIES * BlockHash.LENGTH);

        assertThat(WorkCost.of(FrameType.GET_STATE_CHUNK, 38)).isBetween(bodies / 2, bodies);
        assertThat(WorkCost.of(FrameType.GET_STATE_ROOTS, 32)).isBetween(bodies / 4, bodies);
    }

    private void tell(int count, int units) {
        for (int i = 0; i < count; i++) {
            gate.tell(work(i, units));
        }
    }

    private WorkGate.Work work(int number, int units) {
        return new WorkGate.Work(units, () -> done.add(number), () -> dropped.add(number));
    }

    private void fire() {
        List<Runnable> now = List.copyOf(timers);
        timers.clear();
        now.forEach(Runnable::run);
    }
}
