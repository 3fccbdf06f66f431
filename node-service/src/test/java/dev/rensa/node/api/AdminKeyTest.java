package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.expectProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
@TestProfile(AdminKeyTest.WithKey.class)
class AdminKeyTest {

    private static final String SOMEBODY = TestNetwork.GENESIS.networkHash().toHex();

    public static final class WithKey implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rensa.admin-key", "open sesame", "rensa.mining.mode", "on-demand", "rensa.lab.enabled", "true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mine", "/mining/start", "/mining/stop"})
    void shouldRefuseWithoutTheKey(String path) {
        expectProblem(given().contentType("application/json").post(path).then(), 403, "admin-key-required");
        expectProblem(
                given().contentType("application/json")
                        .header("X-Rensa-Admin-Key", "open sesam")
                        .post(path)
                        .then(),
                403,
                "admin-key-required");
    }

    @Test
    void shouldObeyWithTheKey() {
        for (String path : new String[] {"/mining/stop", "/mining/start"}) {
            given().header("X-Rensa-Admin-Key", "open sesame").post(path).then().statusCode(200);
        }
        given().header("X-Rensa-Admin-Key", "open sesame")
                .contentType("application/json")
                .post("/mine")
                .then()
                .statusCode(200);
    }

    @Test
    void shouldGuardTheLabToo() {
        expectProblem(
                given().contentType("application/json")
                        .body("{\"cut\":true}")
                        .put("/lab/links/" + SOMEBODY)
                        .then(),
                403,
                "admin-key-required");
        expectProblem(given().delete("/lab/links").then(), 403, "admin-key-required");
    }

    @Test
    void shouldDisturbAndHealLinks() {
        lab().body("{\"nodeKeys\":[\"" + SOMEBODY
                        + "\"],\"delayMillis\":200,\"lossPercent\":5,\"seed\":7,\"forSeconds\":60}")
                .put("/lab/links")
                .then()
                .statusCode(200)
                .body("enabled", is(true))
                .body("links[0].nodeKey", is(SOMEBODY))
                .body("links[0].delayMillis", is(200))
                .body("links[0].untilMillis", greaterThan(0L));
        lab().body("{\"cut\":true}")
                .put("/lab/links/" + SOMEBODY)
                .then()
                .statusCode(200)
                .body("links", hasSize(1))
                .body("links[0].cut", is(true))
                .body("links[0].untilMillis", nullValue());
        given().get("/status").then().body("lab", is(true));

        lab().delete("/lab/links/" + SOMEBODY).then().statusCode(200).body("links", hasSize(0));
        lab().delete("/lab/links").then().statusCode(200);
        given().get("/lab").then().statusCode(200).body("links", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"cut\":false}",
                "{\"cut\":true,\"delayMillis\":5}",
                "{\"delayMillis\":10001}",
                "{\"lossPercent\":101}",
                "{\"lossPercent\":5,\"forSeconds\":0}",
                "{\"cut\":true,\"nodeKeys\":[]}"
            })
    void shouldSayWhatIsWrongWithAFault(String body) {
        expectProblem(lab().body(body).put("/lab/links/" + SOMEBODY).then(), 400, "malformed-request");
        expectProblem(lab().body(body).put("/lab/links").then(), 400, "malformed-request");
    }

    private static RequestSpecification lab() {
        return given().header("X-Rensa-Admin-Key", "open sesame").contentType("application/json");
    }

    @Test
    void shouldRefuseAWebPageEvenWithTheKey() {
        expectProblem(
                given().header("X-Rensa-Admin-Key", "open sesame")
                        .header("Origin", "https://evil.example")
                        .post("/mining/stop")
                        .then(),
                403,
                "foreign-origin");
    }
}
