package dev.rensa.node.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.node.chain.ChainView;
import dev.rensa.node.mempool.Admission;
import dev.rensa.protocol.api.BatchView;
import dev.rensa.protocol.api.BatchView.RejectedView;
import dev.rensa.protocol.api.SubmissionView;
import dev.rensa.protocol.api.TransactionRequest;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.verdict.RejectionReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Transactions from clients on their way to the mempool. */
@ApplicationScoped
class SubmissionCommands {

    private final Submissions submissions;
    private final ChainView chain;
    private final ApiSettings settings;
    private final ObjectMapper json;

    SubmissionCommands(Submissions submissions, ChainView chain, ApiSettings settings, ObjectMapper json) {
        this.submissions = submissions;
        this.chain = chain;
        this.settings = settings;
        this.json = json;
    }

    CompletionStage<SubmissionView> submit(@Nullable TransactionRequest request) {
        return submit(TransactionRequests.ofJson(request, prefix()));
    }

    CompletionStage<SubmissionView> submitRaw(byte[] bytes) {
        requireSmall(bytes.length);
        return submit(TransactionRequests.ofBytes(bytes));
    }

    CompletionStage<BatchView> submitLines(byte[] lines) {
        BatchLines batch = BatchLines.read(lines, settings.maxBatch(), prefix(), json);
        return submissions
                .submitAll(batch.transactions())
                .thenApply(admissions -> view(batch.transactions(), batch.indices(), batch.rejections(), admissions));
    }

    CompletionStage<BatchView> submitPacked(byte[] packed) {
        List<Transaction> transactions = TransactionRequests.ofPacked(packed, settings.maxBatch());
        List<Integer> indices = IntStream.range(0, transactions.size()).boxed().toList();
        return submissions
                .submitAll(transactions)
                .thenApply(admissions -> view(transactions, indices, List.of(), admissions));
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

    private CompletionStage<SubmissionView> submit(Transaction transaction) {
        String id = transaction.id().toHex();
        return submissions.submit(transaction).thenApply(admission -> switch (admission) {
            case Admission.Pending() -> new SubmissionView(id, "pending", null);
            case Admission.Queued(long missingNonce) -> new SubmissionView(id, "queued", missingNonce);
            case Admission.Known() -> new SubmissionView(id, "known", null);
            case Admission.Refused(var rejection) -> throw new ProblemException(rejection);
        });
    }

    private static BatchView view(
            List<Transaction> transactions,
            List<Integer> indices,
            List<RejectedView> unreadable,
            List<Admission> admissions) {
        List<RejectedView> rejections = new ArrayList<>(unreadable);
        for (int i = 0; i < admissions.size(); i++) {
            if (admissions.get(i) instanceof Admission.Refused(var rejection)) {
                rejections.add(new RejectedView(
                        indices.get(i),
                        transactions.get(i).id().toHex(),
                        rejection.reason().code(),
                        rejection.detail()));
            }
        }
        rejections.sort(Comparator.comparingInt(RejectedView::index));
        int total = transactions.size() + unreadable.size();
        return new BatchView(total - rejections.size(), rejections.size(), rejections);
    }

    private String prefix() {
        return chain.genesis().addressPrefix();
    }
}
