package dev.rensa.network.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The wallet service, asked over HTTP. */
public final class WalletClient {
    private final JsonClient http;

    public WalletClient(URI base) {
        this.http = new JsonClient(base);
    }

    /** Makes a wallet with a fresh mnemonic. */
    public WalletAccount create(String label) {
        JsonNode wallet = http.post("/wallets", Map.of("label", label), Map.of(), JsonNode.class);
        return new WalletAccount(
                wallet.path("id").asText(), wallet.path("address").asText());
    }

    /**
     * Asks for a transfer.
     *
     * @param amount in mon
     * @param fee in mon
     * @param idempotencyKey asking again with the same key pays once
     * @return id of the transfer
     */
    public String transfer(WalletAccount from, String recipient, long amount, long fee, String idempotencyKey) {
        return http.post(
                        "/wallets/" + from.wallet() + "/transfers",
                        Map.of("recipient", recipient, "amount", amount, "fee", fee),
                        Map.of("Idempotency-Key", idempotencyKey),
                        JsonNode.class)
                .path("id")
                .asText();
    }

    public TransferView transfer(String id) {
        JsonNode transfer = http.get("/transfers/" + id, JsonNode.class);
        return new TransferView(
                transfer.path("state").asText(),
                transfer.path("transactionId").asText(),
                transfer.path("reason").asText());
    }

    /** A wallet and the address of its first account. */
    public record WalletAccount(String wallet, String address) {
        /** Stands for an account before there is one. */
        public static final WalletAccount NONE = new WalletAccount("", "");
    }

    /**
     * A transfer as the wallet sees it.
     *
     * @param transactionId empty until it is signed
     * @param reason why it ended or waits, empty if there is none
     */
    public record TransferView(String state, String transactionId, String reason) {
        private static final Set<String> FAILED = Set.of("failed", "replaced", "expired");
        private static final Set<String> SUBMITTED = Set.of("submitted", "mined", "final");

        public boolean hasFailed() {
            return FAILED.contains(state);
        }

        /** Whether a node has taken it, or more. */
        public boolean isSubmitted() {
            return SUBMITTED.contains(state);
        }
    }
}
