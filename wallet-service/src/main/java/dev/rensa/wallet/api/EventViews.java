package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of transfers while they go on. */
final class EventViews {

    private EventViews() {}

    /**
     * A step of a transfer, the same whenever it is told. What else became of the transfer, {@code GET /transfers/{id}} tells.
     *
     * @param sequence its place among all steps of all transfers
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
            String cause) {}
}
