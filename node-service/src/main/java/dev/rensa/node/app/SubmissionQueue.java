package dev.rensa.node.app;

import dev.rensa.node.api.ProblemException;
import dev.rensa.node.api.Submissions;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.Trial;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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
    private final Intake intake;
    private final BiConsumer<Transaction, Consumer<Trial>> trials;
    private final ConcurrentLinkedQueue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean handoverAsked = new AtomicBoolean();

    /** Who judges transactions, on the writer thread. */
    @FunctionalInterface
    interface Intake {

        /**
         * Offers transactions.
         *
         * @param whenDone called once with one answer a transaction in the same order, within this call or later
         */
        void submit(List<Transaction> transactions, Consumer<List<Admission>> whenDone);
    }

    /**
     * A queue before the writer.
     *
     * @param trials judges a transaction on the writer thread, takes nothing, and tells once
     */
    SubmissionQueue(WriterThread writer, Intake intake, BiConsumer<Transaction, Consumer<Trial>> trials) {
        this.writer = writer;
        this.intake = intake;
        this.trials = trials;
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
        Handover handover = new Handover(
                transactions,
                // On another thread: what is made of the answer is not the writer's work.
                admissions -> answer.completeAsync(() -> admissions),
                answer::completeExceptionally);
        if (!writer.offer(handover::begin)) {
            handover.fail(cannotTake());
        }
        return answer;
    }

    @Override
    public CompletionStage<Trial> tryOut(Transaction transaction) {
        enter(1);
        CompletableFuture<Trial> answer = new CompletableFuture<>();
        CompletionStage<Trial> told = answer.whenComplete((trial, failure) -> waiting.decrementAndGet());
        Runnable task = () -> {
            try {
                trials.accept(transaction, trial -> answer.completeAsync(() -> trial));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        };
        if (!writer.offer(task)) {
            answer.completeExceptionally(cannotTake());
        }
        return told;
    }

    /** How many wait for an answer. From any thread. */
    int waiting() {
        return waiting.get();
    }

    /** Callers are event loops: one that finds the writer's queue full is refused, for it must not wait. */
    private void askForHandover() {
        if (handoverAsked.compareAndSet(false, true) && !writer.offer(this::handOver)) {
            // First the flag, then the queue: who came meanwhile and did not ask is among those refused here.
            handoverAsked.set(false);
            List<Offer> refused = takeOffers(Integer.MAX_VALUE);
            waiting.addAndGet(-refused.size());
            ProblemException why = cannotTake();
            refused.forEach(offer -> offer.answer().completeExceptionally(why));
        }
    }

    private void handOver() {
        // Cleared before the queue is emptied: an offer that comes meanwhile asks again.
        handoverAsked.set(false);
        List<Offer> batch = takeOffers(MAX_TOGETHER);
        if (batch.isEmpty()) {
            return;
        }
        if (batch.size() == MAX_TOGETHER) {
            askForHandover();
        }
        new Handover(
                        batch.stream().map(Offer::transaction).toList(),
                        admissions -> answer(batch, admissions),
                        failure -> batch.forEach(offer -> offer.answer().completeExceptionally(failure)))
                .begin();
    }

    private List<Offer> takeOffers(int most) {
        List<Offer> taken = new ArrayList<>();
        while (taken.size() < most) {
            Offer offer = offers.poll();
            if (offer == null) {
                break;
            }
            taken.add(offer);
        }
        return taken;
    }

    private static void answer(List<Offer> batch, List<Admission> admissions) {
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

    private ProblemException cannotTake() {
        return writer.isRunning()
                ? new ProblemException(
                        RejectionReason.NOT_READY, "this node has more to do than it can queue: try again later")
                : new ProblemException(RejectionReason.SHUTTING_DOWN, "this node is stopping: ask another one");
    }

    /** Transactions on their way through the writer: whatever happens there, they cease to wait exactly once. */
    private final class Handover {

        private final List<Transaction> transactions;
        private final Consumer<List<Admission>> answered;
        private final Consumer<Throwable> failed;
        private final AtomicBoolean ended = new AtomicBoolean();

        Handover(List<Transaction> transactions, Consumer<List<Admission>> answered, Consumer<Throwable> failed) {
            this.transactions = transactions;
            this.answered = answered;
            this.failed = failed;
        }

        /** On the writer. */
        void begin() {
            try {
                intake.submit(transactions, this::answer);
            } catch (RuntimeException e) {
                fail(e);
                throw e;
            }
        }

        private void answer(List<Admission> admissions) {
            if (end()) {
                answered.accept(admissions);
            }
        }

        void fail(Throwable cause) {
            if (end()) {
                failed.accept(cause);
            }
        }

        private boolean end() {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            waiting.addAndGet(-transactions.size());
            return true;
        }
    }
}
