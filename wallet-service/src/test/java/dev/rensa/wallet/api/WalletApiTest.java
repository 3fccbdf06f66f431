package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNetwork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class WalletApiTest {

    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();
    private static final String MNEMONIC =
            "legal winner thank year wave sausage worth useful legal winner thank yellow";

    FakeChain chain;

    @BeforeEach
    void waitForNodes() {
        await(() -> when().get("/status").path("ready"));
    }

    @Test
    void shouldTellTheNetworkAndItsNodes() {
        when().get("/status")
                .then()
                .statusCode(200)
                .body("network.hash", equalTo(chain.network().toHex()))
                .body("network.development", is(true))
                .body("nodes", hasSize(2))
                .body("nodes.usable", everyItem(is(true)))
                .body("nodes.state", everyItem(equalTo("in-use")))
                .body("confirmations", equalTo(3))
                .body("faucetAddress", containsString("rns1p"));
    }

    @Test
    void shouldMakeAWalletAndShowItsMnemonicOnce() {
        String id = post("/wallets", "{\"label\":\"Alice\"}")
                .statusCode(201)
                .body("label", equalTo("Alice"))
                .body("mnemonic.split(' ').size()", equalTo(12))
                .body("address", containsString("rns1p"))
                .body("accounts[0].path", equalTo("m/44'/1'/0'/0/0"))
                .extract()
                .path("id");

        when().get("/wallets/" + id)
                .then()
                .statusCode(200)
                .body("mnemonic", nullValue())
                .body("balance", equalTo(0))
                .body("coins", equalTo("0"));
        when().get("/wallets?limit=1000").then().statusCode(200).body("wallets.id", hasItem(id));
    }

    @Test
    void shouldImportAMnemonicOnceAndKeepItToItself() {
        String id = post("/wallets", "{\"label\":\"Imported\",\"mnemonic\":\"" + MNEMONIC + "\"}")
                .statusCode(201)
                .body("mnemonic", nullValue())
                .extract()
                .path("id");

        post("/wallets", "{\"label\":\"Again\",\"mnemonic\":\"" + MNEMONIC + "\"}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("wallet-exists"))
                .body("detail", containsString(id));
    }

    @Test
    void shouldAddAccounts() {
        String id = wallet();

        given().post("/wallets/" + id + "/accounts")
                .then()
                .statusCode(201)
                .body("index", equalTo(1))
                .body("path", equalTo("m/44'/1'/0'/0/1"));

        when().get("/wallets/" + id).then().body("accounts", hasSize(2));
    }

    @Test
    void shouldCarryCoinsFromTheFaucetToAWalletAndOn() {
        String id = wallet();
        fund(id, 200_000_000L);

        String transfer = post("/wallets/" + id + "/transfers", payment("\"coins\":\"1.5\",\"memo\":\"for tea\""))
                .statusCode(202)
                .body("state", equalTo("requested"))
                .body("amount", equalTo(150_000_000))
                .body("coins", equalTo("1.5"))
                .extract()
                .path("id");
        mineUntil(() -> "final".equals(when().get("/transfers/" + transfer).path("state")));

        when().get("/wallets/" + id + "/transfers/" + transfer)
                .then()
                .statusCode(200)
                .body("memo", equalTo("for tea"))
                .body("nonce", equalTo(0))
                .body("confirmations", greaterThan(2))
                .body("history.state", hasItems("requested", "reserved", "signed", "mined", "final"));
        when().get("/wallets/" + id + "/transfers")
                .then()
                .statusCode(200)
                .body("transfers.id", hasItem(transfer))
                .body("next", nullValue());
        assertThat((Integer) when().get("/wallets/" + id).path("balance")).isEqualTo(50_000_000);
    }

    @Test
    void shouldAnswerARepeatedRequestWithItsFirstAnswer() {
        String id = wallet();
        fund(id, 1000);
        String key = UUID.randomUUID().toString();

        String first = named(id, key, payment("\"amount\":7"))
                .statusCode(202)
                .extract()
                .asString();
        String again = named(id, key, payment("\"amount\":7"))
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .extract()
                .asString();
        named(id, key, payment("\"amount\":8")).statusCode(422).body("code", equalTo("idempotency-key-reused"));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void shouldRefuseWhatTheAccountCannotPay() {
        String id = wallet();

        post("/wallets/" + id + "/transfers", payment("\"amount\":7"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("insufficient-funds"))
                .body("detail", containsString("balance of 0 mon"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"amount\":0                        | amount-not-positive",
                "\"amount\":-5                       | amount-not-positive",
                "\"amount\":1.5                      | amount-out-of-range",
                "\"amount\":1e3                      | amount-out-of-range",
                "\"amount\":9223372036854775808      | amount-out-of-range",
                "\"amount\":9223372036854775807,\"fee\":1 | amount-out-of-range",
                "\"amount\":\"5\"                    | malformed-request",
                "\"amount\":true                     | malformed-request",
                "\"amount\":null                     | malformed-request",
                "\"coins\":\"0\"                     | amount-not-positive",
                "\"coins\":\"-1\"                    | amount-not-positive",
                "\"coins\":\"0.000000001\"           | amount-out-of-range",
                "\"coins\":\"99999999999999\"        | amount-out-of-range",
                "\"coins\":\"1e3\"                   | malformed-request",
                "\"coins\":\"\"                      | malformed-request",
                "\"coins\":1                         | malformed-request",
                "\"amount\":1,\"coins\":\"1\"        | malformed-request",
                "\"memo\":\"x\"                      | malformed-request",
                "\"amount\":1,\"unknown\":1          | malformed-request",
                "\"amount\":1,\"amount\":2           | malformed-request",
                "\"amount\":1,\"fee\":-1             | amount-out-of-range",
                "\"amount\":1,\"validUntil\":-1      | amount-out-of-range",
                "\"amount\":1,\"memo\":5             | malformed-request",
                "\"amount\":1,\"account\":-1         | amount-out-of-range"
            })
    void shouldSayWhatIsWrongWithATransfer(String fields, String code) {
        post("/wallets/" + wallet() + "/transfers", payment(fields))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code.strip()))
                .body("detail.length()", greaterThan(20));
    }

    @Test
    void shouldSayWhatIsWrongWithAnAddress() {
        String id = wallet();
        String mistyped = RECIPIENT.substring(0, RECIPIENT.length() - 1) + (RECIPIENT.endsWith("q") ? "p" : "q");

        transferTo(id, mistyped).body("detail", containsString("checksum"));
        transferTo(id, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4").body("detail", containsString("`bc`"));
        transferTo(id, "").body("detail", containsString("empty"));
        post("/wallets/" + id + "/transfers", "{\"amount\":1}")
                .statusCode(400)
                .body("code", equalTo("malformed-request"));
    }

    @Test
    void shouldRefuseALongMemoAndAnUnknownAccount() {
        String id = wallet();

        post("/wallets/" + id + "/transfers", payment("\"amount\":1,\"memo\":\"" + "é".repeat(129) + "\""))
                .statusCode(400)
                .body("code", equalTo("memo-too-long"));
        post("/wallets/" + id + "/transfers", payment("\"amount\":1,\"account\":3"))
                .statusCode(404)
                .body("code", equalTo("unknown-account"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"label\":          | malformed-request",
                "[]                   | malformed-request",
                "\"text\"             | malformed-request",
                "null                 | malformed-request",
                "{}                   | malformed-request",
                "{\"label\":\" \"}    | malformed-request",
                "{\"label\":5}        | malformed-request",
                "{\"label\":\"a\"} {} | malformed-request",
                "{\"label\":\"a\",\"mnemonic\":\"abandon about\"} | invalid-mnemonic"
            })
    void shouldRefuseAMalformedWallet(String body, String code) {
        post("/wallets", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code.strip()));
    }

    @Test
    void shouldNotRepeatAMnemonicInAProblem() {
        post("/wallets", "{\"label\":\"a\",\"mnemonic\":\"" + MNEMONIC.replace("yellow", "zebra") + "\"}")
                .statusCode(400)
                .body("code", equalTo("invalid-mnemonic"))
                .body("detail", not(containsString("sausage")));
        post("/wallets", "{\"label\":\"a\",\"mnemonic\":[\"" + MNEMONIC + "\"]}")
                .statusCode(400)
                .body("detail", not(containsString("sausage")));
    }

    @Test
    void shouldRefuseABodyOverTheLimit() {
        post("/wallets", "{\"label\":\"" + "a".repeat(100_000) + "\"}")
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("body-too-large"));
    }

    @Test
    void shouldAnswerUnknownThingsWithProblems() {
        problem(when().get("/wallets/nobody").then(), 404, "unknown-wallet");
        problem(post("/wallets/nobody/transfers", payment("\"amount\":1")), 404, "unknown-wallet");
        problem(given().post("/wallets/nobody/accounts").then(), 404, "unknown-wallet");
        problem(when().get("/wallets/nobody/transfers").then(), 404, "unknown-wallet");
        problem(when().get("/transfers/nothing").then(), 404, "unknown-transfer");
        problem(when().get("/wallets/" + wallet() + "/transfers/nothing").then(), 404, "unknown-transfer");
        problem(when().get("/nothing").then(), 404, "not-found");
        problem(when().delete("/wallets").then(), 405, "method-not-allowed");
        problem(when().get("/wallets?limit=many").then(), 400, "malformed-request");
        problem(when().get("/wallets/" + wallet() + "/transfers?limit=0").then(), 400, "malformed-request");
        problem(given().contentType("text/plain").body("x").post("/wallets").then(), 415, "unsupported-media-type");
        problem(named(wallet(), "two words", payment("\"amount\":1")), 400, "malformed-request");
    }

    @Test
    void shouldLimitTheFaucet() {
        problem(post("/faucet", "{\"address\":\"" + RECIPIENT + "\",\"amount\":1000000000001}"), 400, "faucet-limit");
        problem(post("/faucet", "{\"address\":\"nowhere\",\"amount\":1}"), 400, "invalid-address");
        problem(post("/faucet", "{\"address\":\"" + RECIPIENT + "\"}"), 400, "malformed-request");
    }

    @Test
    void shouldDescribeItself() {
        given().accept(ContentType.JSON)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/wallets/{id}/transfers'.post", not(nullValue()))
                .body("paths.'/faucet'.post", not(nullValue()));
    }

    private static String wallet() {
        return post("/wallets", "{\"label\":\"test\"}").extract().path("id");
    }

    private void fund(String id, long mon) {
        String address = when().get("/wallets/" + id).path("address");
        String drip = post("/faucet", "{\"address\":\"" + address + "\",\"amount\":" + mon + "}")
                .statusCode(202)
                .extract()
                .path("id");
        mineUntil(() -> "final".equals(when().get("/transfers/" + drip).path("state")));
    }

    @Test
    void shouldServeNobodyElseThanThisMachineWithoutAKey() {
        when().get("/status").then().body("access", equalTo("loopback"));
        problem(given().header("X-Forwarded-For", "203.0.113.9").get("/wallets").then(), 403, "loopback-only");
        problem(given().header("Host", "evil.example").get("/wallets").then(), 403, "foreign-origin");
    }

    private void mineUntil(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            boolean holds = condition.call();
            if (!holds) {
                chain.mine();
            }
            return holds;
        });
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private static String payment(String fields) {
        return "{\"recipient\":\"" + RECIPIENT + "\"," + fields.strip() + "}";
    }

    private static ValidatableResponse transferTo(String id, String recipient) {
        return post("/wallets/" + id + "/transfers", "{\"amount\":1,\"recipient\":\"" + recipient + "\"}")
                .statusCode(400)
                .body("code", equalTo("invalid-address"));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static ValidatableResponse named(String id, String key, String body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/wallets/" + id + "/transfers")
                .then();
    }

    private static void problem(ValidatableResponse response, int status, String code) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status));
    }
}
