package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeNetwork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FakeNetwork.class)
class KeysApiTest {

    private static final String LETTER =
            "letter advice cage absurd amount doctor acoustic avoid letter advice cage above";
    private static final String WATCHED = "rns1pw8hyxqxyh0w9zkm2w8a";

    /** The key of BIP-340's first test vector: valid, and nobody's here. */
    private static final String BIP_340_KEY = "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9";

    @BeforeEach
    void awaitTheNetwork() {
        Awaitility.await().until(() -> when().get("/status").path("ready"));
    }

    @Test
    void shouldMakeTwentyFourWordsWhenAsked() {
        post("/wallets", "{\"label\":\"long\",\"words\":24}")
                .statusCode(201)
                .body("mnemonic.split(' ').size()", equalTo(24));
        problem(send("/wallets", "{\"label\":\"odd\",\"words\":13}"), 400, "invalid-mnemonic");
    }

    @Test
    void shouldDeriveOtherAccountsWithAPassphrase() {
        String plain = post("/wallets", "{\"label\":\"plain\",\"mnemonic\":\"" + LETTER + "\"}")
                .statusCode(201)
                .extract()
                .path("address");

        post("/wallets", "{\"label\":\"hidden\",\"mnemonic\":\"" + LETTER + "\",\"passphrase\":\"TREZOR\"}")
                .statusCode(201)
                .body("address", not(equalTo(plain)));
    }

    @Test
    void shouldWatchAddressesWithoutPayingFromThem() {
        String address = when().get("/status").path("faucetAddress");
        String other = post("/wallets", "{\"label\":\"a\"}").extract().path("address");
        problem(send("/wallets", "{\"label\":\"w\",\"addresses\":[\"" + other + "\"]}"), 409, "wallet-exists");
        problem(send("/wallets", "{\"label\":\"w\",\"addresses\":[\"" + WATCHED + "\"]}"), 400, "invalid-address");
        problem(send("/wallets", "{\"label\":\"w\",\"addresses\":[]}"), 400, "malformed-request");

        String free = new Address("rns", PublicKey.fromHex(BIP_340_KEY)).toString();
        String watching = post("/wallets", "{\"label\":\"w\",\"addresses\":[\"" + free + "\"]}")
                .statusCode(201)
                .body("watchOnly", equalTo(true))
                .body("accounts[0].path", nullValue())
                .extract()
                .path("id");
        when().get("/wallets/" + watching).then().statusCode(200).body("balance", equalTo(0));
        problem(
                send("/wallets/" + watching + "/transfers", "{\"amount\":1,\"recipient\":\"" + address + "\"}"),
                409,
                "watch-only");
        problem(given().post("/wallets/" + watching + "/accounts"), 409, "watch-only");
        problem(
                send("/wallets", "{\"label\":\"w\",\"words\":12,\"addresses\":[\"" + address + "\"]}"),
                400,
                "malformed-request");
    }

    @Test
    void shouldNameWalletsAndAccounts() {
        String id = post("/wallets", "{\"label\":\"before\"}").extract().path("id");

        patch("/wallets/" + id, "{\"label\":\"after\"}").statusCode(200).body("label", equalTo("after"));
        patch("/wallets/" + id + "/accounts/0", "{\"label\":\"till\"}")
                .statusCode(200)
                .body("label", equalTo("till"));

        when().get("/wallets/" + id).then().body("accounts[0].label", equalTo("till"));
        patch("/wallets/" + id + "/accounts/7", "{\"label\":\"till\"}").statusCode(404);
        patch("/wallets/" + id, "{\"label\":\" \"}").statusCode(400);
    }

    @Test
    void shouldKeepAnAddressBook() {
        String address = when().get("/status").path("faucetAddress");

        put("/contacts/Bank", "{\"address\":\"" + address + "\",\"note\":\"the rich one\"}")
                .statusCode(200)
                .body("address", equalTo(address));
        when().get("/contacts").then().body("contacts.name", hasItem("Bank"));
        given().delete("/contacts/Bank").then().statusCode(204);
        when().get("/audit").then().body("entries.action", hasItems("contact-written", "contact-removed"));

        problem(given().delete("/contacts/Bank"), 404, "unknown-contact");
        put("/contacts/Nobody", "{\"address\":\"nowhere\"}").statusCode(400);
    }

    @Test
    void shouldSignNothingWhileLocked() {
        String id = post("/wallets", "{\"label\":\"safe\"}").extract().path("id");
        String address = when().get("/status").path("faucetAddress");
        String payment = "{\"amount\":1,\"recipient\":\"" + address + "\"}";
        try {
            given().post("/vault/lock").then().statusCode(200).body("locked", equalTo(true));

            problem(send("/wallets/" + id + "/transfers", payment), 423, "locked");
            problem(send("/wallets", "{\"label\":\"more\"}"), 423, "locked");
            problem(given().post("/wallets/" + id + "/accounts"), 423, "locked");
            when().get("/wallets/" + id).then().statusCode(200);
        } finally {
            post("/vault/unlock", "{}").statusCode(200).body("locked", equalTo(false));
        }
        problem(send("/wallets/" + id + "/transfers", payment), 422, "insufficient-funds");
        when().get("/audit").then().body("entries.action", hasItem("vault-unlocked"));
    }

    @Test
    void shouldLockByItselfWhenTheTimeIsOver() {
        try {
            post("/vault/unlock", "{\"seconds\":1}").statusCode(200).body("lockAtMillis", notNullValue());
            Awaitility.await().until(() -> when().get("/vault").path("locked"));
        } finally {
            post("/vault/unlock", "{}").statusCode(200).body("lockAtMillis", nullValue());
        }
        problem(send("/vault/unlock", "{\"seconds\":0}"), 400, "malformed-request");
        problem(send("/vault/unlock", "{\"passphrase\":\"not wanted here\"}"), 400, "malformed-request");
        problem(send("/vault/passphrase", "{\"passphrase\":\"short\"}"), 400, "malformed-request");
    }

    @Test
    void shouldWriteDownWhoMadeAWallet() {
        String id = post("/wallets", "{\"label\":\"noted\"}").extract().path("id");

        when().get("/audit?limit=1")
                .then()
                .body("entries", hasSize(1))
                .body("entries[0].detail", equalTo("wallet " + id))
                .body("entries[0].actor", equalTo("local"))
                .body("next", notNullValue());
    }

    private static ValidatableResponse post(String path, String body) {
        return send(path, body).then();
    }

    private static Response send(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    private static ValidatableResponse patch(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).patch(path).then();
    }

    private static ValidatableResponse put(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).put(path).then();
    }

    private static void problem(Response answer, int status, String code) {
        answer.then().statusCode(status).contentType("application/problem+json").body("code", equalTo(code));
    }
}
