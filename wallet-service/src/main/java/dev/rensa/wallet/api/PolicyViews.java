package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked and answered about policies and approvals. */
final class PolicyViews {

    private PolicyViews() {}

    /**
     * What a wallet may spend. Sums are in mon, fees included; what is left out is not limited.
     *
     * @param maxTransfer most of one transfer
     * @param maxDay most within any 24 hours
     * @param approvalAbove a transfer of more waits for somebody else's approval
     * @param recipients addresses that may be paid, at most 1,000; anybody when empty or left out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PolicyView(
            @Schema(examples = "1000000000") @Nullable Long maxTransfer,
            @Schema(examples = "10000000000") @Nullable Long maxDay,
            @Schema(examples = "500000000") @Nullable Long approvalAbove,
            @Nullable List<String> recipients) {}

    /**
     * A transfer that waits, or waited, for somebody else's approval.
     *
     * @param network block 0 of the network that it is to be paid on, in hexadecimal
     * @param state {@code awaiting-approval}, {@code approved} or {@code refused}
     * @param transfer what was asked for
     * @param transferId the transfer that it became
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApprovalView(
            String id,
            String network,
            String walletId,
            String state,
            Requests.NewTransfer transfer,
            String requestedBy,
            long createdAtMillis,
            @Nullable String decidedBy,
            @Nullable Long decidedAtMillis,
            @Nullable String transferId,
            boolean restored) {}

    /**
     * Approvals, newest first.
     *
     * @param next what {@code before} must be for the next page; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApprovalList(
            List<ApprovalView> approvals, @Nullable String next) {}
}
