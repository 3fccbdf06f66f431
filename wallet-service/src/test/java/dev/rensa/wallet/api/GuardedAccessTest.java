package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeIssuer;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.GuardedSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GuardedAccessTest.Guarded.class)
@WithTestResource(FakeNetwork.class)
@WithTestResource(GuardedSettings.class)
class GuardedAccessTest {

    private static final String KEY = "X-Rensa-Api-Key";
    private static final String ADMIN_KEY = GuardedSettings.ADMIN_KEY;
    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/status", tls = true)
    URI overTls;

    private FakeIssuer issuer;

    @Test
    void shouldAskForCredentials() {
        problem(given().get("/wallets"), 401, "credentials-required").header("WWW-Authenticate", notNullValue());
        problem(given().header(KEY, "rnsk_wrong").get("/wallets"), 401, "credentials-refused");
        problem(given().contentType(ContentType.JSON).body("{").post("/wallets"), 401, "credentials-required");
        admin().get("/status").then().statusCode(200).body("access", equalTo("keys"));
    }

    @Test
    void shouldLetEachRoleDoItsOwn() {
        String reader = key("reader");
        String spender = key("spender");
        String approver = key("approver");
        String wallet = post(admin(), "/wallets", "{\"label\":\"till\"}")
                .statusCode(201)
                .extract()
                .path("id");

        for (String key : new String[] {reader, spender, approver}) {
            with(key).get("/wallets/" + wallet).then().statusCode(200);
            problem(
                    with(key)
                            .contentType(ContentType.JSON)
                            .body("{\"label\":\"x\"}")
                            .post("/wallets"),
                    403,
                    "role-missing");
            problem(with(key).get("/keys"), 403, "role-missing");
            problem(with(key).contentType(ContentType.JSON).body("{").post("/keys"), 403, "role-missing");
            problem(with(key).get("/audit"), 403, "role-missing");
        }
        for (String key : new String[] {reader, approver}) {
            problem(with(key).post("/wallets/" + wallet + "/accounts"), 403, "role-missing");
        }
        with(spender).post("/wallets/" + wallet + "/accounts").then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, GET /keys; POST /keys; DELETE /keys/x; GET /audit; POST /wallets; PUT /wallets/faucet/policy;"
                + " POST /vault/lock; POST /vault/unlock; POST /vault/passphrase; POST /received/search;"
                + " GET /webhooks; POST /webhooks; DELETE /webhooks/x; POST /webhooks/x/test; POST /webhooks/x/retry;"
                + " GET /webhooks/x/deliveries; POST /backup; POST /restore/release",
        "spender, PATCH /wallets/faucet; POST /wallets/faucet/accounts; PATCH /wallets/faucet/accounts/0;"
                + " POST /wallets/faucet/transfers; POST /wallets/faucet/transfers/x/fee;"
                + " POST /wallets/faucet/transfers/x/cancel; POST /wallets/faucet/payouts; PUT /contacts/x;"
                + " DELETE /contacts/x; POST /approvals/x/withdraw",
        "approver, POST /approvals/x/approve; POST /approvals/x/refuse"
    })
    void shouldLetNoOtherRoleCall(String role, String calls) {
        for (String other : List.of("reader", "spender", "approver")) {
            if (other.equals(role)) {
                continue;
            }
            String key = key(other);
            for (String call : calls.split("; ", -1)) {
                String[] methodAndPath = call.split(" ", -1);
                problem(
                        with(key).contentType(ContentType.JSON).body("{}").request(methodAndPath[0], methodAndPath[1]),
                        403,
                        "role-missing");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "spender", "approver"})
    void shouldLetNoOtherRoleRestore(String role) {
        problem(with(key(role)).multiPart("file", "no backup").post("/restore"), 403, "role-missing");
    }

    @Test
    void shouldShowASecretOnceAndForgetARevokedKey() {
        var made = post(admin(), "/keys", "{\"name\":\"for a day\",\"role\":\"reader\"}")
                .statusCode(201)
                .extract();
        String secret = made.path("secret");
        String id = made.path("id");
        with(secret).get("/wallets").then().statusCode(200);
        admin().get("/keys").then().body("keys.find { it.id == '" + id + "' }.secret", nullValue());

        admin().delete("/keys/" + id).then().statusCode(204);

        problem(with(secret).get("/wallets"), 401, "credentials-refused");
        problem(admin().delete("/keys/" + id), 404, "unknown-key");
        admin().get("/audit")
                .then()
                .statusCode(200)
                .body("entries.action", hasItem("key-revoked"))
                .body("entries.actor", hasItem("key:configured-admin"));
        problem(
                admin().contentType(ContentType.JSON)
                        .body("{\"name\":\"x\",\"role\":\"king\"}")
                        .post("/keys"),
                400,
                "malformed-request");
    }

    @Test
    void shouldTakeTokensOfTheIssuerWithTheRolesThatTheyClaim() {
        Instant later = Instant.now().plusSeconds(300);
        String reader = issuer.token("ann", GuardedSettings.AUDIENCE, "reader", later);
        String admin = issuer.token("bob", GuardedSettings.AUDIENCE, "admin", later);

        bearer(reader).get("/wallets").then().statusCode(200);
        problem(bearer(reader).get("/keys"), 403, "role-missing");
        bearer(admin).get("/keys").then().statusCode(200);
        post(bearer(admin), "/keys", "{\"name\":\"from a token\",\"role\":\"reader\"}")
                .statusCode(201)
                .body("createdBy", equalTo("token:bob"));
        post(
                        bearer(issuer.token("key:configured-admin", GuardedSettings.AUDIENCE, "admin", later)),
                        "/keys",
                        "{\"name\":\"in disguise\",\"role\":\"reader\"}")
                .statusCode(201)
                .body("createdBy", equalTo("token:key:configured-admin"));
        problem(
                bearer(issuer.token("eve", GuardedSettings.AUDIENCE, "friend", later))
                        .get("/wallets"),
                403,
                "role-missing");
    }

    @Test
    void shouldRefuseTokensThatAreForgedStaleOrForOthers() {
        Instant later = Instant.now().plusSeconds(300);

        for (String token : new String[] {
            issuer.forgedToken("eve", GuardedSettings.AUDIENCE, "admin", later),
            issuer.token("eve", GuardedSettings.AUDIENCE, "admin", Instant.now().minusSeconds(300)),
            issuer.token("eve", "another-service", "admin", later),
            "nonsense"
        }) {
            problem(bearer(token).get("/keys"), 401, "credentials-refused");
        }
    }

    @Test
    void shouldRefusePagesOfOtherOriginsAndNamesThatAreNotThisMachines() {
        problem(
                admin().header("Origin", "https://evil.example")
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .post("/wallets"),
                403,
                "foreign-origin");
        problem(admin().header("Host", "evil.example").get("/wallets"), 403, "foreign-origin");
    }

    @Test
    void shouldServeOverTls() {
        given().relaxedHTTPSValidation()
                .header(KEY, ADMIN_KEY)
                .get(overTls)
                .then()
                .statusCode(200);
        assertThat(overTls.getScheme()).isEqualTo("https");
    }

    @Test
    void shouldLimitHowOftenStrangersAsk() {
        var refused = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> given().header(KEY, "guess " + i).get("/status"))
                .filter(answer -> answer.statusCode() == 429)
                .findAny();

        assertThat(refused).isPresent();
        problem(refused.get(), 429, "too-many-requests").header("Retry-After", notNullValue());
        admin().get("/status").then().statusCode(200);
    }

    /** Whoever guessed much leaves less than a stranger needs. */
    @AfterEach
    void letStrangersInAgain() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> IntStream.range(0, 5)
                        .allMatch(i -> given().get("/wallets").statusCode() == 401));
    }

    @Test
    void shouldCountWhoeverBringsATokenThatDoesNotHoldAsAStranger() {
        String known = issuer.token(
                "ann", GuardedSettings.AUDIENCE, "reader", Instant.now().plusSeconds(300));
        bearer(known).get("/wallets").then().statusCode(200);

        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .map(i -> bearer("nonsense." + i + ".x").get("/wallets").statusCode())
                        .filter(status -> status == 429)
                        .findAny())
                .isPresent();
        bearer(known).get("/wallets").then().statusCode(200);
    }

    /** Neither a page that asks for nothing, nor the limit's own refusal, nor a path that is not there makes it known. */
    @Test
    void shouldNeverTakeATokenForKnownThatNobodyChecked() {
        String known = issuer.token(
                "ann", GuardedSettings.AUDIENCE, "reader", Instant.now().plusSeconds(300));
        bearer(known).get("/wallets").then().statusCode(200);
        List<String> paths = List.of("/", "/wallets", "/no-such-path");
        long began = System.nanoTime();

        long passed = IntStream.range(0, 1000)
                .parallel()
                .map(i -> bearer("one.nonsense.token")
                        .get(paths.get(i % paths.size()))
                        .statusCode())
                .filter(status -> status != 429)
                .count();

        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(passed).isLessThanOrEqualTo((long) (GuardedSettings.UNKNOWN_PER_SECOND * (2 + seconds)) + 1);
        bearer(known).get("/wallets").then().statusCode(200);
    }

    @Test
    void shouldCountGuessersAsStrangersThoughTheyBringTokensToo() {
        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .map(i -> bearer("nonsense")
                                .header(KEY, "guess " + i)
                                .get("/status")
                                .statusCode())
                        .filter(status -> status == 429)
                        .findAny())
                .isPresent();
    }

    @Test
    void shouldEndAStreamWithTheKeyOrTokenThatOpenedIt() throws Exception {
        Awaitility.await().until(() -> admin().get("/status").path("ready"));
        var made = post(admin(), "/keys", "{\"name\":\"listener\",\"role\":\"reader\"}")
                .statusCode(201)
                .extract();
        String token = issuer.token(
                "ann", GuardedSettings.AUDIENCE, "reader", Instant.now().plusSeconds(3));
        List<Future<List<String>>> streams =
                List.of(listen(KEY, made.path("secret")), listen("Authorization", "Bearer " + token));

        admin().delete("/keys/" + made.path("id")).then().statusCode(204);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    post(admin(), "/wallets/faucet/transfers", "{\"recipient\":\"" + RECIPIENT + "\",\"amount\":1}")
                            .statusCode(202);
                    return streams.get(0).isDone() && streams.get(1).isDone();
                });
        assertThat(streams.get(0).get()).noneMatch(line -> line.startsWith("data:"));
        assertThat(streams.get(1).get()).isNotEmpty();
    }

    /** What a stream tells until it ends; returns when it is open. */
    private Future<List<String>> listen(String header, String value) throws Exception {
        HttpResponse<Stream<String>> stream = CLIENT.send(
                HttpRequest.newBuilder(base.resolve("/events"))
                        .header(header, value)
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.statusCode()).isEqualTo(200);
        var told = new CompletableFuture<List<String>>();
        Thread.ofVirtual().start(() -> told.complete(stream.body().toList()));
        return told;
    }

    private static RequestSpecification admin() {
        return with(ADMIN_KEY);
    }

    private static RequestSpecification with(String key) {
        return given().header(KEY, key);
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String key(String role) {
        return post(admin(), "/keys", "{\"name\":\"a " + role + "\",\"role\":\"" + role + "\"}")
                .statusCode(201)
                .extract()
                .path("secret");
    }

    private static ValidatableResponse post(RequestSpecification who, String path, String body) {
        return who.contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static ValidatableResponse problem(io.restassured.response.Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status));
    }

    /** Its own start of the service, since access is settled at the start. */
    public static final class Guarded implements QuarkusTestProfile {}
}
