package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeChain;
import dev.rensa.wallet.fixture.FakeNetwork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many payments at once, fees by urgency, raised fees and cancelled transfers. */
@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class TransferChangesApiTest {

    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();

    FakeChain chain;

    @BeforeEach
    void waitForNodes() {
        until(() -> when().get("/status").path("ready"));
    }

    @Test
    void shouldPayManyFromATextOnceAndReportEachLine() {
        String id = wallet(1000);
        String text = "recipient,amount,memo\n" + RECIPIENT + ",1,\"a, b\"\n" + RECIPIENT + ",2,\n";

        String payout = payout(id, "payday", text)
                .statusCode(202)
                .header("Idempotency-Replayed", "false")
                .body("lines", equalTo(2))
                .extract()
                .path("id");
        payout(id, "payday", text)
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(payout));
        payout(id, "payday", text + RECIPIENT + ",3,\n")
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));

        mineUntil("/wallets/" + id + "/payouts/" + payout + "?from=1", "transfers[0].state", "final");
        when().get("/wallets/" + id + "/payouts/" + payout + "?limit=1")
                .then()
                .statusCode(200)
                .body("payout.states.final", equalTo(2))
                .body("transfers", hasSize(1))
                .body("transfers[0].memo", equalTo("a, b"))
                .body("next", equalTo(1));
    }

    @Test
    void shouldAcceptNoLineOfAPayoutWithAWrongOne() {
        String id = wallet(1000);

        payout(id, "wrong", "recipient,amount\n" + RECIPIENT + ",1\nnobody,1\n" + RECIPIENT + ",-1\n")
                .statusCode(422)
                .body("code", equalTo("invalid-lines"))
                .body("detail", containsString("2 of 3 lines"))
                .body("detail", containsString("line 1: "))
                .body("detail", containsString("line 2: "));

        when().get("/wallets/" + id + "/transfers").then().body("transfers", hasSize(0));
    }

    @Test
    void shouldEstimateTheFeeByUrgency() {
        String id = wallet(100_000);

        post("/wallets/" + id + "/transfers", payment("\"amount\":1,\"urgency\":\"next\""))
                .statusCode(202)
                .body("fee", equalTo(334));
        post("/wallets/" + id + "/transfers", payment("\"amount\":1,\"urgency\":\"whenever\""))
                .statusCode(400);
    }

    @Test
    void shouldRaiseAFeeAndCancel() {
        String id = wallet(100_000);
        String raised = submitted(id);
        String cancelled = submitted(id);

        post("/wallets/" + id + "/transfers/" + raised + "/fee", "{\"fee\":10}")
                .statusCode(202)
                .body("offeredFee", equalTo(10));
        given().post("/wallets/" + id + "/transfers/" + cancelled + "/cancel")
                .then()
                .statusCode(202)
                .body("cancelling", is(true));
        // Mined before the replacements arrive, the former ones would count.
        PublicKey sender = Address.parse(when().get("/wallets/" + id).path("address"), "rns")
                .key();
        until(() -> chain.submittedFor(sender, 0).size() == 2
                && chain.submittedFor(sender, 1).size() == 2);
        mineUntil("/transfers/" + cancelled, "state", "replaced");

        when().get("/transfers/" + raised).then().body("state", equalTo("final"));
        when().get("/transfers/" + cancelled).then().body("reasonCode", equalTo("cancelled"));
        given().post("/wallets/" + id + "/transfers/" + raised + "/cancel")
                .then()
                .statusCode(409)
                .body("code", equalTo("not-changeable"));
    }

    private String submitted(String id) {
        String transfer = post("/wallets/" + id + "/transfers", payment("\"amount\":1"))
                .statusCode(202)
                .body("validUntil", greaterThan(1000))
                .extract()
                .path("id");
        until(() -> "submitted".equals(when().get("/transfers/" + transfer).path("state")));
        return transfer;
    }

    private static ValidatableResponse payout(String id, String key, String text) {
        return given().contentType("text/csv")
                .header("Idempotency-Key", key)
                .body(text)
                .post("/wallets/" + id + "/payouts")
                .then();
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static String payment(String fields) {
        return "{\"recipient\":\"" + RECIPIENT + "\"," + fields + "}";
    }

    /** A new wallet with coins. */
    private String wallet(long mon) {
        String id = post("/wallets", "{\"label\":\"test\"}").extract().path("id");
        String address = when().get("/wallets/" + id).path("address");
        String drip = post("/faucet", "{\"address\":\"" + address + "\",\"amount\":" + mon + "}")
                .statusCode(202)
                .extract()
                .path("id");
        mineUntil("/transfers/" + drip, "state", "final");
        return id;
    }

    /** The wallet judges what it has read, so the next block comes once the last one was followed. */
    private void mineUntil(String path, String field, String value) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(250))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    boolean holds = value.equals(when().get(path).path(field));
                    if (!holds && isFollowed()) {
                        chain.mine(FakeNetwork.CONFIRMATIONS);
                    }
                    return holds;
                });
    }

    private boolean isFollowed() {
        Number followed = when().get("/status").path("followedHeight");
        return followed != null && followed.longValue() == chain.height();
    }

    private static void until(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
    }
}
