package dev.rensa.node.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.mempool.Admission;
import dev.rensa.node.mempool.PooledTransaction;
import dev.rensa.node.mempool.Trial;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.BatchView.RejectedView;
import dev.rensa.protocol.api.FeesView;
import dev.rensa.protocol.api.FeesView.FeeEstimateView;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.SubmissionView.DryRunView;
import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.crypto.TransactionId;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Transactions from clients on their way to the mempool. */
@ApplicationScoped
class SubmissionCommands {

    private final Submissions submissions;
    private final MempoolQueries mempool;
    private final ChainView chain;
    private final ApiSettings settings;
    private final ObjectMapper json;

    SubmissionCommands(
            Submissions submissions, MempoolQueries mempool, ChainView chain, ApiSettings settings, ObjectMapper json) {
        this.submissions = submissions;
        this.mempool = mempool;
        this.chain = chain;
        this.settings = settings;
        this.json = json;
    }

    CompletionStage<SubmissionView> submit(@Nullable TransactionRequest request, boolean dryRun) {
        return submit(TransactionRequests.ofJson(request, prefix()), dryRun);
    }

    CompletionStage<SubmissionView> submitRaw(byte[] bytes, boolean dryRun) {
        requireSmall(bytes.length);
        return submit(TransactionRequests.ofBytes(bytes), dryRun);
    }

    CompletionStage<BatchView> submitLines(byte[] lines) {
        return submit(SubmittedBatch.ofLines(lines, settings.maxBatch(), prefix(), json));
    }

    CompletionStage<BatchView> submitPacked(byte[] packed) {
        return submit(SubmittedBatch.ofPacked(packed, settings.maxBatch()));
    }

    private CompletionStage<BatchView> submit(SubmittedBatch batch) {
        return submissions.submitAll(batch.transactions()).thenApply(admissions -> view(batch, admissions));
    }

    /** Refuses a body that cannot be a single transaction before it is parsed. */
    void requireSmall(long bodyBytes) {
        if (bodyBytes > settings.maxTransactionBodyBytes()) {
            throw new ProblemException(
                    RejectionReason.BODY_TOO_LARGE,
                    "the body has " + bodyBytes + " bytes; the limit for a transaction is "
                            + settings.maxTransactionBodyBytes() + " (rensa.api.max-transaction-body)");
        }
    }

    private CompletionStage<SubmissionView> submit(Transaction transaction, boolean dryRun) {
        return dryRun
                ? submissions
                        .tryOut(transaction)
                        // Estimates walk over the mempool, which is no work for the writer or an event loop.
                        .thenApplyAsync(trial -> view(transaction, trial.admission(), consequences(transaction, trial)))
                : submissions.submit(transaction).thenApply(admission -> view(transaction, admission, null));
    }

    private static SubmissionView view(
            Transaction transaction, Admission admission, @Nullable DryRunView consequences) {
        String id = transaction.id().toHex();
        return switch (admission) {
            case Admission.Pending() -> new SubmissionView(id, "pending", null, consequences);
            case Admission.Queued(long missingNonce) -> new SubmissionView(id, "queued", missingNonce, consequences);
            case Admission.Known() -> new SubmissionView(id, "known", null, consequences);
            case Admission.Refused(var rejection) -> throw new ProblemException(rejection);
        };
    }

    private DryRunView consequences(Transaction transaction, Trial trial) {
        FeesView fees = mempool.fees();
        long paid = PooledTransaction.feePerKib(transaction);
        return new DryRunView(
                trial.replaces().map(TransactionId::toHex).orElse(null),
                trial.evicts().stream().map(TransactionId::toHex).toList(),
                paid,
                fees.estimates().stream()
                        .filter(estimate -> paid >= estimate.feePerKib())
                        .map(FeeEstimateView::blocks)
                        .findFirst()
                        .orElse(null),
                fees);
    }

    private static BatchView view(SubmittedBatch batch, List<Admission> admissions) {
        List<RejectedView> rejections = new ArrayList<>(batch.rejections());
        for (int i = 0; i < admissions.size(); i++) {
            if (admissions.get(i) instanceof Admission.Refused(var rejection)) {
                rejections.add(new RejectedView(
                        batch.indices().get(i),
                        batch.transactions().get(i).id().toHex(),
                        rejection.reason().code(),
                        rejection.detail()));
            }
        }
        rejections.sort(Comparator.comparingInt(RejectedView::index));
        int total = batch.transactions().size() + batch.rejections().size();
        return new BatchView(total - rejections.size(), rejections.size(), rejections);
    }

    private String prefix() {
        return chain.genesis().addressPrefix();
    }
}
