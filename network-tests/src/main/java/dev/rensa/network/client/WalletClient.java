package dev.rensa.network.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The wallet service, asked over HTTP. */
public final class WalletClient {
    /** Transfers a question: as many as the wallet answers. */
    private static final int PAGE = 1000;

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

    /** The same from another account of a wallet. */
    public String transfer(String wallet, int account, String recipient, long amount, String idempotencyKey) {
        return http.post(
                        "/wallets/" + wallet + "/transfers",
                        Map.of("account", account, "recipient", recipient, "amount", amount, "fee", 0),
                        Map.of("Idempotency-Key", idempotencyKey),
                        JsonNode.class)
                .path("id")
                .asText();
    }

    /** Adds the next account of a wallet; returns its address. */
    public String addAccount(String wallet) {
        return http.post("/wallets/" + wallet + "/accounts", null, Map.of(), JsonNode.class)
                .path("address")
                .asText();
    }

    public TransferView transfer(String id) {
        return view(http.get("/transfers/" + id, JsonNode.class));
    }

    /** All transfers of a wallet by their ids. */
    public Map<String, TransferView> transfers(String wallet) {
        Map<String, TransferView> all = new HashMap<>();
        String next = "";
        while (next != null) {
            JsonNode page = http.get(
                    "/wallets/" + wallet + "/transfers?limit=" + PAGE + (next.isEmpty() ? "" : "&before=" + next),
                    JsonNode.class);
            page.path("transfers")
                    .forEach(transfer -> all.put(transfer.path("id").asText(), view(transfer)));
            next = page.path("next").textValue();
        }
        return all;
    }

    private static TransferView view(JsonNode transfer) {
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

        /** Whether nothing more happens to it. */
        public boolean hasEnded() {
            return hasFailed() || state.equals("final");
        }

        /** Whether a node has taken it, or more. */
        public boolean isSubmitted() {
            return SUBMITTED.contains(state);
        }
    }
}
