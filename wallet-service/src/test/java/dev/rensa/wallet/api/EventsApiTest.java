package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.FakeReceiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of transfers over real HTTP: the stream, and webhooks. */
@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class EventsApiTest {

    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();

    FakeChain chain;

    @TestHTTPResource("/")
    URI base;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void waitForNodes() {
        until(() -> when().get("/status").path("ready"));
    }

    @Test
    void shouldTellTheStepsOfATransferAndGoOnFromTheLastId() throws Exception {
        String transfer = pay();
        mineUntilFinal(transfer);

        List<String> whole = listen("/events?after=0&transfer=" + transfer, null, line -> line.contains("\"final\""));

        List<String> types = whole.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.replaceAll(".*\"type\":\"([a-z.]+)\".*", "$1"))
                .toList();
        assertThat(types)
                .containsExactly(
                        "transfer.requested",
                        "transfer.reserved",
                        "transfer.signed",
                        "transfer.submitted",
                        "transfer.mined",
                        "transfer.final");
        List<String> ids = ids(whole);
        List<String> rest = listen("/events?transfer=" + transfer, ids.get(2), line -> line.contains("\"final\""));
        assertThat(ids(rest)).containsExactlyElementsOf(ids.subList(3, ids.size()));
    }

    @Test
    void shouldTellWhatComesToWhoAsksForEndsAlone() throws Exception {
        HttpResponse<InputStream> stream = open("/events?types=transfer.final", null);
        String transfer = pay();
        mineUntilFinal(transfer);

        List<String> lines = read(stream, line -> line.contains(transfer));

        assertThat(lines).filteredOn(line -> line.startsWith("data:")).allMatch(line -> line.contains("\"final\""));
        assertThat(lines).contains("event:transfer");
    }

    @Test
    void shouldSayThatAnIdIsNoneOfItsOwn() throws Exception {
        assertThat(listen("/events", "from-elsewhere", line -> line.startsWith("event:")))
                .contains("event:gap");
        when().get("/events?types=lost").then().statusCode(400).body("code", equalTo("malformed-request"));
    }

    @Test
    void shouldTellAWebhookUntilItIsRemoved() throws IOException {
        try (FakeReceiver receiver = new FakeReceiver()) {
            String id = given().contentType(ContentType.JSON)
                    .body("{\"label\":\"shop\",\"url\":\"" + receiver.url() + "\",\"types\":[\"transfer.final\"]}")
                    .post("/webhooks")
                    .then()
                    .statusCode(201)
                    .body("secret", startsWith("whsec_"))
                    .extract()
                    .path("id");
            when().post("/webhooks/" + id + "/test").then().statusCode(200).body("delivered", equalTo(true));
            String transfer = pay();

            mineUntilFinal(transfer);
            until(() -> receiver.messages().stream()
                    .anyMatch(message -> message.body().contains(transfer)));
            until(() -> when().get("/webhooks").path("webhooks[0].last.result") != null);

            when().get("/webhooks")
                    .then()
                    .body("webhooks[0].last.result", equalTo("delivered"))
                    .body("webhooks[0].secret", nullValue());
            when().get("/webhooks/" + id + "/deliveries?state=dead").then().body("deliveries.size()", equalTo(0));
            when().post("/webhooks/" + id + "/retry").then().body("deliveries", equalTo(0));
            when().delete("/webhooks/" + id).then().statusCode(204);
            when().delete("/webhooks/" + id).then().statusCode(404).body("code", equalTo("unknown-webhook"));
        }
    }

    @Test
    void shouldRefuseAHostThatTheOperatorDoesNotAllow() {
        for (String url : List.of("http://169.254.169.254/latest", "http://localhost/x")) {
            given().contentType(ContentType.JSON)
                    .body("{\"label\":\"x\",\"url\":\"" + url + "\"}")
                    .post("/webhooks")
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("host-not-allowed"));
        }
        for (String url : List.of("file:///etc/passwd", "http://user@127.0.0.1/", "127.0.0.1", "http:///x")) {
            given().contentType(ContentType.JSON)
                    .body("{\"label\":\"x\",\"url\":\"" + url + "\"}")
                    .post("/webhooks")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void shouldMakeABackupAndRestoreNoneOverAWalletThatIsThere() {
        byte[] file = given().contentType(ContentType.JSON)
                .body("{\"passphrase\":\"correct horse battery staple\"}")
                .post("/backup")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("rensa-wallet.backup"))
                .extract()
                .asByteArray();

        restore(file, "correct horse battery staple", 409, "wallet-not-empty");
        restore(file, "incorrect horse", 403, "wrong-passphrase");
        restore(Arrays.copyOf(file, file.length - 5), "correct horse battery staple", 422, "backup-damaged");
        given().multiPart("passphrase", "x").post("/restore").then().statusCode(400);
        given().contentType(ContentType.JSON)
                .body("{\"passphrase\":\"short\"}")
                .post("/backup")
                .then()
                .statusCode(400);
        when().post("/restore/release").then().statusCode(200).body("released", equalTo(0));
    }

    private static void restore(byte[] file, String passphrase, int status, String code) {
        given().multiPart("file", "wallet.backup", file)
                .multiPart("passphrase", passphrase)
                .post("/restore")
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    private static String pay() {
        return given().contentType(ContentType.JSON)
                .body("{\"recipient\":\"" + RECIPIENT + "\",\"amount\":1}")
                .post("/wallets/faucet/transfers")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private void mineUntilFinal(String transfer) {
        until(() -> {
            chain.mine();
            return "final".equals(when().get("/transfers/" + transfer).path("state"));
        });
    }

    private List<String> listen(String path, @Nullable String lastId, Predicate<String> end) throws Exception {
        return read(open(path, lastId), end);
    }

    private HttpResponse<InputStream> open(String path, @Nullable String lastId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<String> read(HttpResponse<InputStream> stream, Predicate<String> end) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                if (end.test(line)) {
                    return lines;
                }
                line = reader.readLine();
            }
        }
        throw new AssertionError("the stream ended with " + lines);
    }

    /** Of events; comments bear ids too. */
    private static List<String> ids(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.replaceAll(".*\"sequence\":([0-9]+).*", "$1"))
                .toList();
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }
}
