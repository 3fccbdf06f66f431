package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.node.api.ProblemException;
import dev.rensa.node.api.TestNetwork;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Trial;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens on the writer, nobody who submitted waits for ever and nothing counts as waiting for ever. */
class SubmissionQueueTest {

    private static final long BOUND_SECONDS = 20;
    private static final Duration STOP_BOUND = Duration.ofSeconds(BOUND_SECONDS);
    private static final Transaction TRANSFER = TestNetwork.transfer(0, 0, 1, 10);

    private final WriterThread writer = new WriterThread(failure -> {});

    @AfterEach
    void stopWriter() {
        writer.stop(() -> {}, STOP_BOUND);
    }

    @Test
    void shouldAnswerAndCeaseToWait() throws Exception {
        SubmissionQueue queue = queue(
                (offered, whenDone) -> whenDone.accept(Collections.nCopies(offered.size(), new Admission.Pending())));

        assertThat(await(queue.submit(TRANSFER))).isEqualTo(new Admission.Pending());
        assertThat(await(queue.submitAll(List.of(TRANSFER, TRANSFER)))).hasSize(2);

        assertThat(queue.waiting()).isZero();
    }

    @Test
    void shouldTellOfAFailureAndGoOn() throws Exception {
        List<Integer> calls = new ArrayList<>();
        SubmissionQueue queue = queue((offered, whenDone) -> {
            calls.add(offered.size());
            if (calls.size() <= 2) {
                throw new IllegalStateException("a mistake in the mempool");
            }
            whenDone.accept(List.of(new Admission.Known()));
        });

        assertThatThrownBy(() -> await(queue.submit(TRANSFER))).hasRootCauseMessage("a mistake in the mempool");
        assertThatThrownBy(() -> await(queue.submitAll(List.of(TRANSFER))))
                .hasRootCauseMessage("a mistake in the mempool");
        assertThatThrownBy(() -> await(queue.tryOut(TRANSFER))).hasRootCauseMessage("nobody can try anything out");
        assertThat(await(queue.submit(TRANSFER))).isEqualTo(new Admission.Known());

        assertThat(queue.waiting()).isZero();
    }

    @Test
    void shouldRefuseAtOnceWhenTheWriterCannotTakeMore() throws Exception {
        SubmissionQueue queue = queue(
                (offered, whenDone) -> whenDone.accept(Collections.nCopies(offered.size(), new Admission.Pending())));
        CountDownLatch goOn = new CountDownLatch(1);
        writer.execute(() -> awaitQuietly(goOn));
        while (writer.offer(() -> {})) {
            // Fills the queue behind the task that holds the writer up.
        }

        CompletionStage<Admission> single = queue.submit(TRANSFER);
        CompletionStage<List<Admission>> batch = queue.submitAll(List.of(TRANSFER));
        CompletionStage<Trial> trial = queue.tryOut(TRANSFER);

        assertRefused(single, RejectionReason.NOT_READY);
        assertRefused(batch, RejectionReason.NOT_READY);
        assertRefused(trial, RejectionReason.NOT_READY);
        assertThat(queue.waiting()).isZero();
        goOn.countDown();
        CompletionStage<Integer> emptied = writer.call(() -> 0);
        await(emptied);
        assertThat(await(queue.submit(TRANSFER))).isEqualTo(new Admission.Pending());
    }

    @Test
    void shouldRefuseOnceTheNodeStops() {
        SubmissionQueue queue = queue((offered, whenDone) -> {});
        writer.stop(() -> {}, STOP_BOUND);

        assertRefused(queue.submit(TRANSFER), RejectionReason.SHUTTING_DOWN);
        assertRefused(queue.submitAll(List.of(TRANSFER)), RejectionReason.SHUTTING_DOWN);
        assertThat(queue.waiting()).isZero();
    }

    private SubmissionQueue queue(SubmissionQueue.Intake intake) {
        return new SubmissionQueue(writer, intake, (transaction, whenDone) -> {
            throw new IllegalStateException("nobody can try anything out");
        });
    }

    private static void assertRefused(CompletionStage<?> stage, RejectionReason reason) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.rejection().reason()).isEqualTo(reason));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
