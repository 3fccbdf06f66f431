package dev.rensa.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.node.api.TestNetwork;
import dev.rensa.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParallelSignatureChecksTest {

    private static final long BOUND_SECONDS = 20;

    private final BlockingQueue<Runnable> writer = new LinkedBlockingQueue<>();

    @Test
    void shouldAnswerForEachTransactionInOrder() throws Exception {
        List<Transaction> transactions = transfers(0, 200);
        List<Boolean> answers = new ArrayList<>();
        try (ParallelSignatureChecks checks =
                new ParallelSignatureChecks(transaction -> transaction.nonce() % 3 != 0, writer::add, 2)) {
            checks.check(transactions, valid -> {
                for (boolean one : valid) {
                    answers.add(one);
                }
            });
            runWriter();
        }

        assertThat(answers)
                .containsExactlyElementsOf(transactions.stream()
                        .map(transaction -> transaction.nonce() % 3 != 0)
                        .toList());
    }

    @Test
    void shouldCheckABlockBeforeTransactionsThatWait() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<Long> order = Collections.synchronizedList(new ArrayList<>());
        List<String> done = new ArrayList<>();
        try (ParallelSignatureChecks checks = new ParallelSignatureChecks(
                transaction -> {
                    await(gate);
                    return order.add(transaction.nonce());
                },
                writer::add,
                1)) {
            checks.check(transfers(0, 1), valid -> done.add("under way"));
            checks.check(transfers(1, 1_000), valid -> done.add("transactions"));
            checks.check(() -> transfers(1_001, 100), block -> block, (block, valid) -> done.add("block"));

            gate.countDown();
            runWriter();
            runWriter();
            runWriter();
        }

        // The chunk that was under way when the block came goes on; everything else waits for the block.
        assertThat(done).containsExactly("under way", "block", "transactions");
        assertThat(order.subList(1, 101)).allMatch(nonce -> nonce >= 1_001);
    }

    @Test
    void shouldNotCheckTwiceWhatHeldAMomentAgo() throws Exception {
        List<Transaction> transactions = transfers(0, 100);
        List<Long> checked = Collections.synchronizedList(new ArrayList<>());
        boolean[] answer = new boolean[100];
        try (ParallelSignatureChecks checks = new ParallelSignatureChecks(
                transaction -> {
                    checked.add(transaction.nonce());
                    return transaction.nonce() != 7;
                },
                writer::add,
                2)) {
            checks.check(transactions, valid -> {});
            runWriter();
            checks.check(
                    () -> transactions,
                    block -> block,
                    (block, valid) -> System.arraycopy(valid, 0, answer, 0, valid.length));
            runWriter();
        }

        assertThat(checked).hasSize(101).contains(7L);
        assertThat(answer[7]).isFalse();
        answer[7] = true;
        assertThat(answer).isEqualTo(filled(answer.length));
    }

    private static boolean[] filled(int length) {
        boolean[] all = new boolean[length];
        Arrays.fill(all, true);
        return all;
    }

    private static List<Transaction> transfers(int firstNonce, int count) {
        List<Transaction> transfers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            transfers.add(TestNetwork.transfer(0, firstNonce + i, 1, 10));
        }
        return transfers;
    }

    private void runWriter() throws InterruptedException {
        Runnable task = writer.poll(BOUND_SECONDS, TimeUnit.SECONDS);
        assertThat(task).as("a task for the writer within the bound").isNotNull();
        task.run();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
