package dev.rensa.protocol.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a transaction is, or is not yet, mined, as this node sees it. Of the parts that name a state, the one of this state
 * is present.
 *
 * @param state {@code mined}, {@code pending} (minable now), {@code queued} (waits for a nonce or for funds), {@code gone} (waited
 *     here and left), {@code refused} (was offered and not taken) or {@code unknown}
 * @param code for programs: {@code mined}, {@code waits-for-block}, {@code nonce-gap}, {@code insufficient-funds}, {@code not-found}, or
 *     the reason code for which it left or was refused
 * @param summary for people: what holds it up, and what to do
 * @param height height of the tip that this was read at
 * @param validUntil last height at which it may be mined; absent when it has none or is not known any more
 * @param blocksLeft how many blocks may still take it, when it names a last height
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplanationView(
        String id,
        String state,
        String code,
        String summary,
        long height,
        @Nullable Long validUntil,
        @Nullable Long blocksLeft,
        @Nullable MinedAt mined,
        @Nullable Place pending,
        @Nullable Lack queued,
        @Nullable Departure gone) {

    /**
     * Where it is mined.
     *
     * @param index position in the block, from 0
     * @param confirmations blocks from that one to the tip, itself included
     */
    public record MinedAt(String block, long height, int index, long confirmations) {}

    /**
     * Where it stands in the order of fees. Of those before it 20,000 are looked at; behind as many, each number is the
     * least it can be.
     *
     * @param position from 1
     * @param bytesAhead bytes of those that come before it
     * @param expectedBlocks in which block from now it comes at the present load, 1 for the next one
     * @param feePerKib what it pays, in mon per 1,024 bytes
     * @param arrivedMillis when it came
     */
    public record Place(int position, long bytesAhead, long expectedBlocks, long feePerKib, long arrivedMillis) {}

    /**
     * What it waits for.
     *
     * @param missingNonce the sender's lowest nonce that is not minable
     * @param lackingMon how much the balance lacks for the transaction with that nonce; absent when there is no such
     *     transaction
     * @param arrivedMillis when it came
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Lack(long missingNonce, @Nullable Long lackingMon, long arrivedMillis) {}

    /**
     * How it left, or was not taken.
     *
     * @param timeMillis when
     * @param replacedBy id of the transaction that took its nonce
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Departure(long timeMillis, @Nullable String replacedBy) {}
}
