package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.expectProblem;
import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
@TestProfile(AdminKeyTest.WithKey.class)
class AdminKeyTest {

    public static final class WithKey implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rensa.admin-key", "open sesame", "rensa.mining.mode", "on-demand");
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
