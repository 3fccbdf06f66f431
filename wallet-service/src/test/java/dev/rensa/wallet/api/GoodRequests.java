package dev.rensa.wallet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.OpenApiRequests.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Calls every operation once as it is meant, so that whoever changes a little of such a request reaches behind the first checks. */
final class GoodRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();
    private static final String PAYMENT = "{\"recipient\":\"" + ADDRESS + "\",\"amount\":1,\"memo\":\"for tea\"}";
    private static final String MUCH = "{\"recipient\":\"" + ADDRESS + "\",\"amount\":5000}";

    /** Sends a request in the name of a key. */
    interface Client {
        Answer send(Request request, @Nullable String key) throws IOException, InterruptedException;
    }

    record Answer(int status, String body) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    private final Client client;
    private final Runnable mine;
    private final Map<String, Request> served = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> ids = new ArrayList<>(List.of("faucet", ADDRESS, "0", "1", "bank"));

    /** Makes them; {@code mine} brings a block. */
    GoodRequests(Client client, Runnable mine) {
        this.client = client;
        this.mine = mine;
    }

    /** Of each operation one that was answered with a status from 200 to 299. */
    Map<String, Request> served() {
        return served;
    }

    /** Those that were not, with their answers. */
    List<String> refused() {
        return refused;
    }

    /** Ids and addresses of things that are there now. */
    List<String> ids() {
        return ids;
    }

    /** Calls all of them, in an order in which each finds what it needs. */
    void callAll() throws IOException, InterruptedException {
        Awaitility.await()
                .until(() -> JSON.readTree(client.send(request("GET /status", Map.of(), null), null)
                                .body())
                        .path("ready")
                        .asBoolean());
        good("GET /status", Map.of(), null);
        wallets();
        transfers();
        payouts();
        approvals();
        others();
        vault();
    }

    private void wallets() throws IOException, InterruptedException {
        String wallet = good("POST /wallets", Map.of(), "{\"label\":\"fuzz\"}");
        good("GET /wallets", Map.of(), null);
        good("GET /wallets/{id}", Map.of("id", wallet), null);
        good("PATCH /wallets/{id}", Map.of("id", wallet), "{\"label\":\"till\"}");
        good("POST /wallets/{id}/accounts", Map.of("id", wallet), null);
        good("PATCH /wallets/{id}/accounts/{index}", Map.of("id", wallet, "index", "1"), "{\"label\":\"notes\"}");
        good("GET /accounts/{address}/qr.svg", Map.of("address", ADDRESS), null);
        received(wallet);
    }

    private void transfers() throws IOException, InterruptedException {
        Map<String, String> raised = transfer();
        good("GET /wallets/{id}/transfers", Map.of("id", "faucet"), null);
        good("GET /wallets/{id}/transfers/{transferId}", raised, null);
        good("GET /transfers/{transferId}", raised, null);
        good("POST /wallets/{id}/transfers/{transferId}/fee", raised, "{\"fee\":1000}");
        good("POST /wallets/{id}/transfers/{transferId}/cancel", transfer(), null);
        good("POST /faucet", Map.of(), "{\"address\":\"" + ADDRESS + "\",\"amount\":1}");
        good("GET /events", Map.of(), null);
    }

    /** One that nodes have. */
    private Map<String, String> transfer() throws IOException, InterruptedException {
        Map<String, String> path = new HashMap<>(Map.of("id", "faucet"));
        path.put("transferId", good("POST /wallets/{id}/transfers", path, PAYMENT));
        Request look = request("GET /transfers/{transferId}", path, null);
        Awaitility.await().until(() -> client.send(look, null).body().contains("\"state\":\"submitted\""));
        return path;
    }

    private void received(String wallet) throws IOException, InterruptedException {
        Request look = request("GET /wallets/{id}", Map.of("id", wallet), null);
        String address =
                JSON.readTree(client.send(look, null).body()).path("address").asText();
        good("POST /wallets/{id}/transfers", Map.of("id", "faucet"), PAYMENT.replace(ADDRESS, address));
        Request list = request("GET /wallets/{id}/received", Map.of("id", wallet), null);
        Awaitility.await().until(() -> {
            mine.run();
            return client.send(list, null).body().contains(address);
        });
        good("GET /wallets/{id}/received", Map.of("id", wallet), null);
        String payment = JSON.readTree(client.send(list, null).body())
                .at("/received/0/id")
                .asText("none");
        good("POST /received/search", Map.of(), null);
        good("GET /received/search", Map.of(), null);
        good("GET /wallets/{id}/received/{paymentId}", Map.of("id", wallet, "paymentId", payment), null);
    }

    private void payouts() throws IOException, InterruptedException {
        String payout = good("POST /wallets/{id}/payouts", Map.of("id", "faucet"), "{\"lines\":[" + PAYMENT + "]}");
        good("GET /wallets/{id}/payouts", Map.of("id", "faucet"), null);
        good("GET /wallets/{id}/payouts/{payoutId}", Map.of("id", "faucet", "payoutId", payout), null);
    }

    private void approvals() throws IOException, InterruptedException {
        Answer key = client.send(request("POST /keys", Map.of(), "{\"name\":\"asker\",\"role\":\"spender\"}"), null);
        String asker = JSON.readTree(key.body()).path("secret").asText();
        good("PUT /wallets/{id}/policy", Map.of("id", "faucet"), "{\"approvalAbove\":4000}");
        good("GET /wallets/{id}/policy", Map.of("id", "faucet"), null);
        good("GET /approvals", Map.of(), null);
        good("GET /approvals/{approvalId}", approval(asker), null);
        good("POST /approvals/{approvalId}/approve", approval(asker), null);
        good("POST /approvals/{approvalId}/refuse", approval(asker), null);
        good("POST /approvals/{approvalId}/withdraw", approval(null), null);
    }

    private Map<String, String> approval(@Nullable String asker) throws IOException, InterruptedException {
        Answer asked = client.send(request("POST /wallets/{id}/transfers", Map.of("id", "faucet"), MUCH), asker);
        return Map.of("approvalId", JSON.readTree(asked.body()).path("id").asText("none"));
    }

    private void others() throws IOException, InterruptedException {
        good("PUT /contacts/{name}", Map.of("name", "Aiko"), "{\"address\":\"" + ADDRESS + "\",\"note\":\"Fridays\"}");
        good("GET /contacts", Map.of(), null);
        good("DELETE /contacts/{name}", Map.of("name", "Aiko"), null);
        String key = good("POST /keys", Map.of(), "{\"name\":\"shop\",\"role\":\"reader\"}");
        good("GET /keys", Map.of(), null);
        good("DELETE /keys/{keyId}", Map.of("keyId", key), null);
        good("GET /audit", Map.of(), null);
        String hook = good("POST /webhooks", Map.of(), "{\"label\":\"shop\",\"url\":\"http://127.0.0.1:9/\"}");
        Map<String, String> webhook = Map.of("webhookId", hook);
        good("GET /webhooks", Map.of(), null);
        good("GET /webhooks/{webhookId}/deliveries", webhook, null);
        good("POST /webhooks/{webhookId}/test", webhook, null);
        good("POST /webhooks/{webhookId}/retry", webhook, null);
        good("DELETE /webhooks/{webhookId}", webhook, null);
        good("POST /backup", Map.of(), "{\"passphrase\":\"correct horse battery staple\"}");
        good("POST /restore/release", Map.of(), null);
    }

    private void vault() throws IOException, InterruptedException {
        good("GET /vault", Map.of(), null);
        good("POST /vault/lock", Map.of(), null);
        good("POST /vault/unlock", Map.of(), "{}");
        good("POST /vault/passphrase", Map.of(), "{\"passphrase\":\"correct horse battery staple\"}");
        good("POST /vault/unlock", Map.of(), "{\"passphrase\":\"correct horse battery staple\"}");
    }

    /** The id of what it made, if anything. */
    private String good(String operation, Map<String, String> path, @Nullable String body)
            throws IOException, InterruptedException {
        Request request = request(operation, path, body);
        Answer answer = client.send(request, null);
        if (!answer.isGood()) {
            refused.add(answer + " for " + request);
            return "none";
        }
        served.put(operation, request);
        JsonNode made = answer.body().startsWith("{") ? JSON.readTree(answer.body()) : JSON.nullNode();
        String id = made.path("id").asText("none");
        if (made.has("id")) {
            ids.add(id);
        }
        return id;
    }

    private static Request request(String operation, Map<String, String> path, @Nullable String body) {
        String[] parts = operation.split(" ", 2);
        String filled = parts[1];
        for (Map.Entry<String, String> parameter : path.entrySet()) {
            filled = filled.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        Map<String, String> headers = new HashMap<>();
        if (body != null) {
            headers.put("Content-Type", "application/json");
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        return new Request(operation, parts[0], filled, headers, body);
    }
}
