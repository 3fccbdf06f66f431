package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of transfers and received payments while they go on. */
final class EventViews {

    private EventViews() {}

    /**
     * What both kinds of step are told with: {@code type} says which it is and to what state it came.
     */
    sealed interface Told permits StepView, ReceivedStepView {
        String type();

        long atMillis();
    }

    /**
     * A step of a received payment, the same whenever it is told. How it stands now,
     * {@code GET /wallets/{walletId}/received/{id}} tells.
     *
     * @param sequence its place among all steps
     * @param type {@code received.mined}, {@code received.final} or {@code received.orphaned}
     * @param id the transaction's id; of a reward its block's hash
     * @param kind {@code payment} or {@code reward}
     * @param sender absent for a reward
     * @param version steps of this payment so far
     * @param blockAtMillis the block's own time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReceivedStepView(
            @Schema(examples = "4712") long sequence,
            @Schema(examples = "received.final") String type,
            String id,
            String kind,
            String walletId,
            int account,
            String network,
            @Nullable String sender,
            String recipient,
            long amount,
            String coins,
            String memo,
            int version,
            String state,
            long atMillis,
            long height,
            String block,
            long blockAtMillis)
            implements Told {}

    /**
     * A step of a transfer, the same whenever it is told. What else became of the transfer, {@code GET /transfers/{id}} tells.
     *
     * @param sequence its place among all steps
     * @param type {@code transfer.} and the state that it came to
     * @param version steps of this transfer before it
     * @param cause a sentence of the audit log
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(
            @Schema(examples = "4711") long sequence,
            @Schema(examples = "transfer.final") String type,
            String transferId,
            String walletId,
            int account,
            String network,
            String sender,
            String recipient,
            long amount,
            String coins,
            long fee,
            String memo,
            String kind,
            @Nullable String idempotencyKey,
            int version,
            String state,
            long atMillis,
            String actor,
            String cause)
            implements Told {}
}
