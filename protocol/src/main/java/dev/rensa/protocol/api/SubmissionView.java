package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a transaction was taken.
 *
 * @param state {@code pending} (minable now), {@code queued} (waits for an earlier nonce) or {@code known} (was here already, or is mined)
 * @param missingNonce the sender's lowest nonce that is not minable yet, which a queued transaction waits for
 * @param dryRun present when nothing was taken, since only a dry run was asked for: the rest tells what would have been
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubmissionView(
        String id,
        String state,
        @Nullable Long missingNonce,
        @Nullable DryRunView dryRun) {

    /**
     * What admitting the transaction would do and cost.
     *
     * @param replaces id of the transaction whose nonce it would take
     * @param evicts ids of those that would leave to make room for it
     * @param feePerKib what it pays, in mon per 1,024 bytes
     * @param enoughForBlocks the soonest of the estimates that its fee meets, in blocks from now; absent if it meets none
     * @param fees the estimates
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DryRunView(
            @Nullable String replaces,
            List<String> evicts,
            long feePerKib,
            @Nullable Integer enoughForBlocks,
            FeesView fees) {}
}
