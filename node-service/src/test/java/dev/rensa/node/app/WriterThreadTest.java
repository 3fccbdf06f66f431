package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterThreadTest {

    private static final long BOUND_SECONDS = 20;

    private final WriterThread writer = new WriterThread(failure -> {});

    @AfterEach
    void stopWriter() {
        writer.stop(() -> {}, Duration.ofSeconds(BOUND_SECONDS));
    }

    @Test
    void shouldDoWhatCannotWaitBeforeWhatWaits() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        writer.execute(() -> await(gate));
        writer.execute(() -> order.add("waiting"));
        CompletionStage<Boolean> soon = writer.callSoon(() -> order.add("soon"));
        CompletionStage<Boolean> last = writer.call(() -> order.add("last"));

        gate.countDown();
        soon.toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
        last.toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);

        assertThat(order).containsExactly("soon", "waiting", "last");
    }

    @Test
    void shouldWakeForWhatCannotWait() throws Exception {
        CompletionStage<String> soon = writer.callSoon(() -> "done");

        assertThat(soon.toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("done");
    }

    @Test
    void shouldEndBehindTheTaskUnderWayHoweverMuchWaits() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        writer.execute(() -> {
            started.countDown();
            await(gate);
            order.add("under way");
        });
        started.await(BOUND_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < 1_000; i++) {
            writer.execute(() -> order.add("waiting"));
        }

        Thread stop = Thread.startVirtualThread(
                () -> writer.stop(() -> order.add("last"), Duration.ofSeconds(BOUND_SECONDS)));
        while (!writer.isStopping()) {
            Thread.onSpinWait();
        }
        gate.countDown();
        stop.join(Duration.ofSeconds(BOUND_SECONDS));

        assertThat(order).containsExactly("under way", "last");
        assertThat(writer.hasEnded()).isTrue();
    }

    /** Peers bring their tasks on threads that must not wait, so clients may not fill the queue. */
    @Test
    void shouldRefuseClientsBeforePeersHaveToWait() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        writer.execute(() -> await(gate));
        int offered = 0;
        while (writer.offer(() -> {})) {
            offered++;
        }

        CompletionStage<String> fromPeer = writer.call(() -> "heard");
        gate.countDown();

        assertThat(offered).isPositive();
        assertThat(fromPeer.toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("heard");
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
