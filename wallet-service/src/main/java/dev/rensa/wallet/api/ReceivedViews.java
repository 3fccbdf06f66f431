package dev.rensa.wallet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is answered about received payments. Amounts are integers of mon, {@code coins} the same as decimal text. */
final class ReceivedViews {

    private ReceivedViews() {}

    /**
     * Something that an account was paid.
     *
     * @param id the transaction's id; of a reward its block's hash
     * @param kind {@code payment}, or {@code reward} for subsidy and fees of a block that the account mined
     * @param sender absent for a reward
     * @param memo what the sender wrote
     * @param state {@code mined}, {@code final}, or {@code orphaned} once its block left the chain: then it is not paid,
     *     unless another block brings it
     * @param position of the transaction in its block; absent for a reward
     * @param confirmations blocks from the one that holds it to the tip, itself included; absent when orphaned
     * @param atMillis the block's own time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReceivedView(
            @Schema(examples = "6a5d0f3c8e1b47295d60c7f8a1b2c3d4e5f60718293a4b5c6d7e8f9001122334")
            String id,

            @Schema(
                    enumeration = {"payment", "reward"},
                    examples = "payment")
            String kind,

            String walletId,
            @Schema(examples = "0") int account,
            String network,
            String recipient,
            @Nullable String sender,
            @Schema(examples = "150000000") long amount,
            @Schema(examples = "1.50000000") String coins,
            @Schema(examples = "order 4711") String memo,

            @Schema(
                    enumeration = {"mined", "final", "orphaned"},
                    examples = "final")
            String state,

            @Schema(examples = "1234") long height,
            String block,
            @Nullable Integer position,

            @Schema(examples = "6") @Nullable Long confirmations,

            @Schema(examples = "1767225600000") long atMillis) {}

    /**
     * The search through older blocks.
     *
     * @param running whether one is under way or about to begin
     * @param nextHeight the block that is looked at next
     * @param endHeight the last one, once it has begun
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SearchView(
            boolean running,
            @Nullable Long nextHeight,
            @Nullable Long endHeight) {}

    /**
     * A page, highest block first.
     *
     * @param next give it as {@code before} to get the page behind this one; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReceivedPage(
            List<ReceivedView> received, @Nullable String next) {}
}
