package dev.rensa.explorer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.explorer.fixture.TestWatch;
import dev.rensa.explorer.observe.NodeView;
import dev.rensa.protocol.money.Amount;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoubleSpendStoryTest {

    private static final List<String> STEPS = List.of("fund", "split", "pay", "mine", "heal");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StoryNetwork network = new StoryNetwork(3);
    private final TestWatch watch = new TestWatch(network.nodes());
    private final LabOrders orders = new LabOrders(watch.directory(), network::lab, threads);
    private final AtomicLong nanos = new AtomicLong();
    private final StoryBook book = new StoryBook(orders, watch.directory(), threads, nanos::get);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void shouldTakeThePaymentBackWhenTheAttackerHasMoreWork() {
        begin(2, 3);

        STEPS.forEach(this::take);

        StoryView story = view();
        assertThat(story.state()).isEqualTo("done");
        assertThat(story.facts().merchantSaw()).isEqualTo(2);
        assertThat(story.facts().stands()).isEqualTo("double-spend");
        assertThat(story.facts().amount()).isEqualTo(Amount.ofCoins(1).mon() - 1);
        assertThat(story.steps()).extracting(StoryView.StepView::state).containsOnly("done");
        assertThat(network.cuts()).isEmpty();
        assertThat(network.resting()).isEmpty();
    }

    @Test
    void shouldLetThePaymentStandWhenTheMerchantsSideHasMoreWork() {
        begin(3, 1);

        STEPS.forEach(this::take);

        assertThat(view().facts().stands()).isEqualTo("payment");
        assertThat(view().facts().merchantSaw()).isEqualTo(3);
    }

    @Test
    void shouldTellTheOddsOfTheMeasuredShare() {
        begin(2, 3);

        assertThat(view().share()).isEqualTo(0.1);
        assertThat(view().rosenfeld()).isEqualTo(Odds.rosenfeld(0.1, 2));
    }

    @Test
    void shouldKeepMinersAtRestAndLinksCutWhileItIsTold() {
        begin(2, 3);
        take("fund");
        take("split");

        assertThat(network.resting()).hasSize(3);
        assertThat(network.cuts()).hasSize(4);
        assertThat(book.begin(plan(1, 1), TestNetwork.GENESIS)).isFalse();

        book.end();
        assertThat(view().state()).isEqualTo("ended");
        assertThat(network.cuts()).isEmpty();
        assertThat(network.resting()).isEmpty();
        assertThat(book.next()).isFalse();
        assertThat(book.begin(plan(1, 1), TestNetwork.GENESIS)).isTrue();
    }

    @Test
    void shouldSayWhyItFailedAndLeaveNothingBroken() {
        network.lastNodeDisobeys();
        begin(2, 3);
        take("fund");
        take("split");

        assertThat(view().state()).isEqualTo("failed");
        assertThat(view().problem()).contains("node-3", "has no lab");
        assertThat(network.cuts()).isEmpty();
        assertThat(network.resting()).isEmpty();
    }

    @Test
    void shouldEndByItselfWhenNobodyTakesTheNextStep() {
        begin(2, 3);
        take("fund");
        take("split");

        nanos.addAndGet(DoubleSpendStory.PATIENCE.toNanos() - 1);
        book.endIfLeft();
        assertThat(view().state()).isEqualTo("ready");
        assertThat(network.resting()).hasSize(3);

        nanos.addAndGet(1);
        book.endIfLeft();
        assertThat(view().state()).isEqualTo("ended");
        assertThat(view().problem()).contains("Nobody took the next step");
        assertThat(network.cuts()).isEmpty();
        assertThat(network.resting()).isEmpty();
    }

    /** Should the explorer be killed, nodes put themselves in order; each step gives them that time anew. */
    @Test
    void shouldLetMinersRestForATimeOnly() {
        begin(2, 3);
        take("fund");
        take("split");

        assertThat(network.rests()).hasSize(6).containsOnly(Stage.STANDS.toSeconds());
        assertThat(Stage.STANDS).isGreaterThan(DoubleSpendStory.PATIENCE);
    }

    @Test
    void shouldNotDisturbTheNextStoryWithAStepOfTheOneBefore() {
        begin(2, 3);
        take("fund");
        take("split");
        take("pay");
        CountDownLatch mining = new CountDownLatch(1);
        network.mineOnlyBehind(mining);
        assertThat(book.next()).isTrue();
        Eventually.until("the step mines", network::isAskedToMine);

        book.end();
        assertThat(view().state()).isEqualTo("ended");
        assertThat(network.cuts()).isEmpty();
        assertThat(book.begin(plan(1, 2), TestNetwork.GENESIS)).isFalse();

        mining.countDown();
        Eventually.until("the old story is over", () -> book.begin(plan(1, 2), TestNetwork.GENESIS));
        take("fund");
        take("split");
        assertThat(network.cuts()).hasSize(4);
        assertThat(network.resting()).hasSize(3);
    }

    @Test
    void shouldNameAMinerThatDoesNotGoOn() {
        begin(2, 3);
        take("fund");
        network.lastMinerSleepsOn();

        book.end();

        assertThat(view().state()).isEqualTo("ended");
        assertThat(view().problem()).contains("node-3", "it sleeps", "within 15 minutes");
    }

    private void begin(int confirmations, int attackerBlocks) {
        assertThat(book.begin(plan(confirmations, attackerBlocks), TestNetwork.GENESIS))
                .isTrue();
    }

    private StoryPlan plan(int confirmations, int attackerBlocks) {
        List<NodeView> all = watch.tick().directory().reachable();
        return new StoryPlan(
                all.subList(0, 2), all.subList(2, 3), confirmations, attackerBlocks, new HashShare(0.1, "measured"));
    }

    private void take(String step) {
        assertThat(view().step()).isEqualTo(step);
        assertThat(book.next()).isTrue();
        Eventually.until(step + " is done", () -> !view().state().equals("running"));
    }

    private StoryView view() {
        return book.view().orElseThrow();
    }
}
