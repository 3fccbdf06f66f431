package dev.rensa.node.app;

import dev.rensa.node.api.ProblemException;
import dev.rensa.node.api.Submissions;
import dev.rensa.node.core.NodeCore;
import dev.rensa.node.mempool.Admission;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gathers transactions that arrive one by one, so that the writer is asked once for many of them: while it is at work, the
 * next ones collect.
 */
final class SubmissionQueue implements Submissions {

    /** Transactions that may wait for the writer and for their signatures to be checked: some seconds of work. */
    private static final int MAX_WAITING = 100_000;

    /** Transactions that are handed over at once. */
    private static final int MAX_TOGETHER = 2_000;

    private record Offer(Transaction transaction, CompletableFuture<Admission> answer) {}

    private final WriterThread writer;
    private final NodeCore core;
    private final ConcurrentLinkedQueue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean handoverAsked = new AtomicBoolean();

    SubmissionQueue(WriterThread writer, NodeCore core) {
        this.writer = writer;
        this.core = core;
    }

    @Override
    public CompletionStage<Admission> submit(Transaction transaction) {
        enter(1);
        Offer offer = new Offer(transaction, new CompletableFuture<>());
        offers.add(offer);
        askForHandover();
        return offer.answer();
    }

    @Override
    public CompletionStage<List<Admission>> submitAll(List<Transaction> transactions) {
        if (transactions.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        enter(transactions.size());
        CompletableFuture<List<Admission>> answer = new CompletableFuture<>();
        post(() -> {
            try {
                core.submit(transactions, admissions -> {
                    waiting.addAndGet(-transactions.size());
                    answer.completeAsync(() -> admissions);
                });
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        return answer;
    }

    private void askForHandover() {
        if (handoverAsked.compareAndSet(false, true)) {
            post(this::handOver);
        }
    }

    private void handOver() {
        // Cleared before the queue is emptied: an offer that comes meanwhile asks again.
        handoverAsked.set(false);
        List<Offer> batch = new ArrayList<>();
        for (Offer offer = offers.poll(); offer != null; offer = batch.size() < MAX_TOGETHER ? offers.poll() : null) {
            batch.add(offer);
        }
        if (batch.isEmpty()) {
            return;
        }
        if (batch.size() == MAX_TOGETHER) {
            askForHandover();
        }
        try {
            core.submit(batch.stream().map(Offer::transaction).toList(), admissions -> answer(batch, admissions));
        } catch (RuntimeException e) {
            batch.forEach(offer -> offer.answer().completeExceptionally(e));
            throw e;
        }
    }

    private void answer(List<Offer> batch, List<Admission> admissions) {
        waiting.addAndGet(-batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Admission admission = admissions.get(i);
            // On another thread: what is made of the answer is not the writer's work.
            batch.get(i).answer().completeAsync(() -> admission);
        }
    }

    private void enter(int count) {
        if (waiting.addAndGet(count) > MAX_WAITING) {
            waiting.addAndGet(-count);
            throw new ProblemException(
                    RejectionReason.NOT_READY,
                    "more than " + MAX_WAITING + " submitted transactions are waiting to be checked: try again later");
        }
    }

    private void post(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            throw new ProblemException(RejectionReason.SHUTTING_DOWN, "this node is stopping: ask another one");
        }
    }
}
