package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rensa.wallet.fixture.FakeChain;
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
import java.util.Map;
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

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** What no request to a wallet that is in use can be: it takes a file into one that is empty. */
    private static final Set<String> NEVER_SERVED = Set.of("POST /restore");

    /** They would end what the others need: they come last. */
    private static final Set<String> LAST = Set.of("POST /vault/lock", "POST /vault/passphrase");

    /** Each stretches a passphrase. */
    private static final Set<String> DEAR = Set.of("POST /backup");

    private static final ObjectMapper JSON = new ObjectMapper();

    FakeChain chain;

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
        GoodRequests good = new GoodRequests(this::answer, chain::mine);
        good.callAll();
        OpenApiRequests requests = new OpenApiRequests(description(), new Random(seed), good.ids(), good.served());
        List<String> operations = new ArrayList<>(requests.operations());
        assertThat(good.refused()).isEmpty();
        assertThat(good.served().keySet())
                .containsExactlyInAnyOrderElementsOf(operations.stream()
                        .filter(operation -> !NEVER_SERVED.contains(operation))
                        .toList());
        operations.sort((a, b) -> Boolean.compare(LAST.contains(a), LAST.contains(b)));
        List<String> failures = new ArrayList<>();

        for (String operation : operations) {
            for (int i = 0; i < (DEAR.contains(operation) ? requestsOfADearOne() : requestsAnOperation()); i++) {
                OpenApiRequests.Request request = requests.next(operation);
                judge(request, failures);
            }
        }

        assertThat(operations).hasSizeGreaterThan(20);
        assertThat(failures).as("with -Dseed=%d", seed).isEmpty();
    }

    int requestsAnOperation() {
        return 60;
    }

    /** Each takes some tenths of a second. */
    int requestsOfADearOne() {
        return 15;
    }

    private void judge(OpenApiRequests.Request request, List<String> failures) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = send(request, GuardedSettings.ADMIN_KEY);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            try (InputStream body = answer.body()) {
                String text = isEndless(answer) ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
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

    private HttpResponse<InputStream> send(OpenApiRequests.Request request, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(request.path()))
                .timeout(LONGEST)
                .header(AccessSettings.KEY_HEADER, key);
        request.headers().forEach(builder::header);
        String body = request.body();
        builder.method(
                request.method(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private JsonNode description() throws IOException, InterruptedException {
        String path = "/q/openapi?format=json";
        return JSON.readTree(answer(new OpenApiRequests.Request(path, "GET", path, Map.of(), null), null)
                .body());
    }

    private GoodRequests.Answer answer(OpenApiRequests.Request request, @Nullable String key)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = send(request, key == null ? GuardedSettings.ADMIN_KEY : key);
        try (InputStream body = answer.body()) {
            return new GoodRequests.Answer(
                    answer.statusCode(),
                    isEndless(answer) ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static boolean isEndless(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }
}
