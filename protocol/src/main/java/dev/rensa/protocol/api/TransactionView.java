package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A transaction and where it stands.
 *
 * @param amount in mon
 * @param fee in mon
 * @param validUntil last height at which it may be mined, 0 for always
 * @param size bytes
 * @param state {@code mined}, {@code pending} (minable now) or {@code queued} (waits for an earlier nonce or
 *     for funds); in a block off the canonical chain {@code abandoned}
 * @param block hash of the canonical block that holds it, when mined
 * @param height height of that block
 * @param index position in that block, from 0
 * @param confirmations blocks from that one to the tip, itself included; 0 unless mined
 * @param missingNonce the sender's lowest nonce that is not minable yet, which a queued transaction waits for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionView(
        String id,
        int networkId,
        String sender,
        long nonce,
        String recipient,
        long amount,
        long fee,
        long validUntil,
        String memo,
        String signature,
        int size,
        String state,
        @Nullable String block,
        @Nullable Long height,
        @Nullable Integer index,
        long confirmations,
        @Nullable Long missingNonce) {}
