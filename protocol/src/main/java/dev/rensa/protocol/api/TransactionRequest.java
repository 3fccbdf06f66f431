package dev.rensa.protocol.api;

import org.jspecify.annotations.Nullable;

/**
 * A signed transaction as JSON: either {@code raw}, its canonical bytes in hexadecimal, or all the other fields.
 *
 * @param raw canonical bytes in hexadecimal; then nothing else is given
 * @param networkId first four bytes of block 0's hash, eight hexadecimal digits
 * @param amount in mon, at least 1
 * @param fee in mon, 0 when left out
 * @param validUntil last height at which it may be mined; 0, for always, when left out
 * @param memo up to 256 bytes of UTF-8, empty when left out
 * @param signature 64 bytes in hexadecimal
 */
public record TransactionRequest(
        @Nullable String raw,
        @Nullable String networkId,
        @Nullable String sender,
        @Nullable Long nonce,
        @Nullable String recipient,
        @Nullable Long amount,
        @Nullable Long fee,
        @Nullable Long validUntil,
        @Nullable String memo,
        @Nullable String signature) {

    /** A request that carries the canonical bytes. */
    public static TransactionRequest ofRaw(String rawHex) {
        return new TransactionRequest(rawHex, null, null, null, null, null, null, null, null, null);
    }
}
