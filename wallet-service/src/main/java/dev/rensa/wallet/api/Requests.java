package dev.rensa.wallet.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. Numbers arrive as they were written, so that a wrong one can be told what is wrong with it. */
final class Requests {

    private Requests() {}

    /**
     * A wallet to be made.
     *
     * @param label for people, 1 to 100 characters
     * @param mnemonic BIP-39 words to import; fresh ones are made without
     */
    record NewWallet(@Nullable String label, @Nullable String mnemonic) {
        @Override
        public String toString() {
            return "NewWallet[" + label + "]";
        }
    }

    /**
     * A transfer to be made; exactly one of {@code amount} and {@code coins}.
     *
     * @param recipient address
     * @param amount in mon
     * @param coins decimal text
     * @param fee in mon; the network's minimum when left out
     * @param memo at most 256 bytes of UTF-8
     * @param validUntil last height at which it may be mined; 0, for always, when left out
     * @param account index of the sending account; 0 when left out
     */
    record NewTransfer(
            @Nullable String recipient,

            @Schema(type = SchemaType.INTEGER, examples = "100000000") @Nullable
            JsonNode amount,

            @Schema(type = SchemaType.STRING, examples = "1.5") @Nullable
            JsonNode coins,

            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode fee,
            @Nullable String memo,
            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode validUntil,
            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode account) {}

    /** Coins asked from the faucet; exactly one of {@code amount} and {@code coins}. */
    record NewDrip(
            @Nullable String address,

            @Schema(type = SchemaType.INTEGER, examples = "100000000") @Nullable
            JsonNode amount,

            @Schema(type = SchemaType.STRING, examples = "1.5") @Nullable
            JsonNode coins) {}
}
