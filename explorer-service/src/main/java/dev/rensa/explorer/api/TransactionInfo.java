package dev.rensa.explorer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A transaction and where it stands.
 *
 * @param amount in mon
 * @param fee in mon
 * @param validUntil last height at which it may be mined, 0 for always
 * @param size bytes
 */
public record TransactionInfo(
        String id,
        String sender,
        long nonce,
        String recipient,
        long amount,
        long fee,
        long validUntil,
        String memo,
        String signature,
        int size,
        StatusInfo status) {

    /**
     * Where a transaction stands.
     *
     * @param confirmed whether the best chain holds it
     * @param state {@code mined}, {@code orphaned} (only an abandoned block holds it), {@code pending} or {@code queued}
     * @param block hash of the block that holds it
     * @param height height of that block
     * @param index position in that block, from 0
     * @param timestampMillis time of that block, milliseconds since 1970-01-01 UTC
     * @param confirmations blocks from that one to the tip, itself included
     * @param missingNonce the nonce that a queued transaction waits for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StatusInfo(
            boolean confirmed,
            String state,
            @Nullable String block,
            @Nullable Long height,
            @Nullable Integer index,
            @Nullable Long timestampMillis,
            long confirmations,
            @Nullable Long missingNonce) {}
}
