package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeNetwork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one database keeps and the other does not is refused before it gets there. */
@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class PlainTextApiTest {

    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/wallets/%00",
                "/transfers/a%00b",
                "/approvals/%00",
                "/wallets/faucet/transfers?before=%00",
                "/audit?before=%00",
                "/events?wallet=%00"
            })
    void shouldRefuseThemInPathsAndQueries(String path) {
        malformed(given().urlEncodingEnabled(false).get(path).then());
    }

    @Test
    void shouldRefuseThemInBodies() {
        Awaitility.await().until(() -> when().get("/status").path("ready"));

        malformed(post("/wallets/faucet/transfers", "{\"recipient\":\"R\",\"amount\":1,\"memo\":\"a\\u0000\"}"))
                .body("detail", containsString("`memo`"));
        malformed(post("/wallets", "{\"label\":\"a\\u0000\"}")).body("detail", containsString("`label`"));
        malformed(given().contentType(ContentType.JSON)
                .body("{\"address\":\"R\",\"note\":\"a\\u0000\"}".replace("R", RECIPIENT))
                .put("/contacts/Aiko")
                .then());
        given().contentType("text/csv")
                .header("Idempotency-Key", "plain-text")
                .body("recipient,amount,memo\n" + RECIPIENT + ",1,a\0b\n")
                .post("/wallets/faucet/payouts")
                .then()
                .statusCode(422)
                .body("detail", containsString("U+0000"));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON)
                .body(body.replace("\"R\"", "\"" + RECIPIENT + "\""))
                .post(path)
                .then();
    }

    private static ValidatableResponse malformed(ValidatableResponse answer) {
        return answer.statusCode(400)
                .body("code", equalTo("malformed-request"))
                .body("detail", containsString("U+0000"));
    }
}
