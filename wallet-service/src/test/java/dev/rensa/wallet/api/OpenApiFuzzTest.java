package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.GuardedSettings;
import dev.rensa.wallet.fixture.OpenApiRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls every operation that the service says it has, with what its own description lets one make up. */
@QuarkusTest
@TestProfile(GuardedAccessTest.Guarded.class)
@QuarkusTestResource(value = FakeNetwork.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = GuardedSettings.class, restrictToAnnotatedClass = true)
class OpenApiFuzzTest {

    private static final int REQUESTS_AN_OPERATION = 60;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** They would end what the others need: they come last. */
    private static final Set<String> LAST = Set.of("POST /vault/lock", "POST /vault/passphrase");

    /** Each stretches a passphrase. */
    private static final Set<String> DEAR = Set.of("POST /backup");

    private static final int DEAR_REQUESTS = 15;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI base;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();

    @Test
    void shouldAnswerWhateverItIsAskedWithoutFailingOrHanging() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("requests are made with -Dseed=" + seed);
        OpenApiRequests requests = new OpenApiRequests(description(), new Random(seed), known());
        List<String> operations = new ArrayList<>(requests.operations());
        operations.sort((a, b) -> Boolean.compare(LAST.contains(a), LAST.contains(b)));
        List<String> failures = new ArrayList<>();

        for (String operation : operations) {
            for (int i = 0; i < (DEAR.contains(operation) ? DEAR_REQUESTS : REQUESTS_AN_OPERATION); i++) {
                OpenApiRequests.Request request = requests.next(operation);
                judge(request, failures);
            }
        }

        assertThat(operations).hasSizeGreaterThan(20);
        assertThat(failures).as("with -Dseed=%d", seed).isEmpty();
    }

    private void judge(OpenApiRequests.Request request, List<String> failures) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = send(request);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            try (InputStream body = answer.body()) {
                boolean endless = type.startsWith("text/event-stream");
                String text = endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                boolean failed = answer.statusCode() >= 500 && answer.statusCode() != 503;
                boolean speechless = answer.statusCode() >= 400 && !type.startsWith("application/problem+json");
                if (failed || speechless) {
                    failures.add(answer.statusCode() + " " + type + " " + text + " for " + request);
                }
            }
        } catch (IOException e) {
            failures.add(e + " for " + request);
        }
    }

    private HttpResponse<InputStream> send(OpenApiRequests.Request request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(request.path()))
                .timeout(LONGEST)
                .header(AccessSettings.KEY_HEADER, GuardedSettings.ADMIN_KEY);
        request.headers().forEach(builder::header);
        String body = request.body();
        builder.method(
                request.method(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private JsonNode description() throws IOException, InterruptedException {
        return JSON.readTree(call("GET", "/q/openapi?format=json", null));
    }

    /** Ids and addresses of things that are there, made before. */
    private List<String> known() throws IOException, InterruptedException {
        String wallet = JSON.readTree(call("POST", "/wallets", "{\"label\":\"fuzz\"}"))
                .get("id")
                .asText();
        call("GET", "/status", null);
        String address = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();
        JsonNode transfer = JSON.readTree(
                call("POST", "/wallets/faucet/transfers", "{\"recipient\":\"" + address + "\",\"amount\":1}"));
        return List.of(wallet, "faucet", address, transfer.path("id").asText("none"), "0", "1", "bank");
    }

    private String call(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        var request = new OpenApiRequests.Request(
                path, method, path, java.util.Map.of("Content-Type", "application/json"), body);
        try (InputStream answer = send(request).body()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
