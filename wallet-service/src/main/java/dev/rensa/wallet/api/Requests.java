package dev.rensa.wallet.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. Numbers arrive as they were written, so that a wrong one can be told what is wrong with it. */
final class Requests {

    private Requests() {}

    /**
     * A wallet to be made: with fresh words, with words that exist already, or of addresses that are only watched.
     *
     * @param label for people, 1 to 100 characters
     * @param mnemonic BIP-39 words to import; fresh ones are made without
     * @param words how many fresh words, 12 or 24; 12 when left out
     * @param passphrase BIP-39's optional one, at most 256 characters: whoever restores the wallet needs it too
     * @param addresses 1 to 1,000 addresses to watch, instead of all that
     */
    record NewWallet(
            @Schema(examples = "till 3") @Nullable String label,
            @Nullable String mnemonic,

            @Schema(
                    enumeration = {"12", "24"},
                    examples = "12")
            @Nullable
            Integer words,

            @Nullable String passphrase,
            @Nullable List<String> addresses) {
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
     * @param fee in mon; by urgency when left out
     * @param urgency {@code next}, {@code soon} or {@code relaxed}, instead of a fee; {@code soon} when both are left out
     * @param memo at most 256 bytes of UTF-8
     * @param validUntil last height at which it may be mined, 0 for always; some blocks from now when left out
     * @param account index of the sending account; 0 when left out
     */
    record NewTransfer(
            @Nullable String recipient,

            @Schema(type = SchemaType.INTEGER, examples = "100000000") @Nullable
            JsonNode amount,

            @Schema(type = SchemaType.STRING, examples = "1.5") @Nullable
            JsonNode coins,

            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode fee,

            @Schema(enumeration = {"next", "soon", "relaxed"}) @Nullable
            String urgency,

            @Nullable String memo,
            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode validUntil,
            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode account) {}

    /**
     * Many transfers of one account, accepted as one.
     *
     * @param account index of the sending account; 0 when left out
     * @param lines 1 to 10,000 transfers, without an account of their own
     */
    record NewPayout(
            @Schema(type = SchemaType.INTEGER) @Nullable JsonNode account,
            @Nullable List<@Nullable NewTransfer> lines) {}

    /**
     * A higher fee for a transfer that is not mined yet.
     *
     * @param fee in mon, a tenth more than before
     */
    record NewFee(
            @Schema(type = SchemaType.INTEGER, required = true) @Nullable
            JsonNode fee) {}

    /** Coins asked from the faucet; exactly one of {@code amount} and {@code coins}. */
    record NewDrip(
            @Nullable String address,

            @Schema(type = SchemaType.INTEGER, examples = "100000000") @Nullable
            JsonNode amount,

            @Schema(type = SchemaType.STRING, examples = "1.5") @Nullable
            JsonNode coins) {}
}
