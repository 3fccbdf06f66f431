package dev.rensa.explorer.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.SplitNetwork;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the three nodes the first and the third have a lab. */
@QuarkusTest
@WithTestResource(value = SplitNetwork.class, scope = TestResourceScope.MATCHING_RESOURCES)
class LabApiTest {

    @ConfigProperty(name = "rensa.explorer.nodes")
    List<String> nodes;

    private String first;
    private String second;
    private String third;

    @BeforeEach
    void waitUntilEveryNodeIsSeen() {
        SplitNetwork.untilSeen();
        Eventually.until(
                "three nodes are seen",
                () -> get("/api/lab").jsonPath().getList("nodes").size() == 3);
        List<String> keys = get("/api/lab").jsonPath().getList("nodes.nodeKey");
        first = keys.get(0);
        second = keys.get(1);
        third = keys.get(2);
    }

    @AfterEach
    void heal() {
        given().post("/api/lab/heal")
                .then()
                .statusCode(200)
                .body("done", is(true))
                .body("orders", hasSize(2));
    }

    @Test
    void shouldTellWhichNodesHaveALab() {
        get("/api/lab")
                .then()
                .statusCode(200)
                .body("present", is(true))
                .body("nodes.lab", contains(true, false, true))
                .body("nodes[0].links", hasSize(0))
                .body("nodes[1].links", nullValue());
    }

    @Test
    void shouldShowTheOthersWhenOneNodeAnswersNothing() {
        get(nodes.getFirst() + "/test/empty-lab").then().statusCode(200);
        try {
            Eventually.until("the first node's links are not known", () -> {
                var answer = get("/api/lab");
                return answer.statusCode() == 200 && answer.jsonPath().get("nodes[0].links") == null;
            });
            get("/api/lab").then().statusCode(200).body("nodes", hasSize(3)).body("nodes[2].links", hasSize(0));
        } finally {
            get(nodes.getFirst() + "/test/full-lab").then().statusCode(200);
        }
        Eventually.until(
                "they are known again", () -> get("/api/lab").jsonPath().get("nodes[0].links") != null);
    }

    @Test
    void shouldSplitAndHealWithAReportForEachNode() {
        post("split", Map.of("left", List.of(first), "right", List.of(third), "forSeconds", 60))
                .statusCode(200)
                .body("done", is(true))
                .body("orders.name", contains("node-1", "node-3"))
                .body("bridges", contains("node-2"));

        get("/api/lab")
                .then()
                .body("nodes[0].links.nodeKey", contains(third))
                .body("nodes[0].links.cut", contains(true))
                .body("nodes[2].links.nodeKey", contains(first));

        given().post("/api/lab/heal").then().statusCode(200);
        get("/api/lab").then().body("nodes[0].links", hasSize(0));
    }

    @Test
    void shouldCutFromOneSideWhereTheOtherHasNoLab() {
        post("split", Map.of("left", List.of(first, third), "right", List.of(second)))
                .statusCode(200)
                .body("orders", hasSize(2))
                .body("bridges", hasSize(0));
    }

    @Test
    void shouldDisturbALinkOnBothSidesAndPassOnWhatNodesSay() {
        post("links", Map.of("a", first, "b", third, "delayMillis", 250))
                .statusCode(200)
                .body("done", is(true));
        get("/api/lab").then().body("nodes[0].links[0].delayMillis", is(250)).body("nodes[2].links", hasSize(1));

        post("links", Map.of("a", first, "b", third, "delayMillis", 20_000))
                .statusCode(200)
                .body("done", is(false))
                .body("orders.code", everyItem(equalTo("malformed-request")))
                .body("orders[0].detail", containsString("delayMillis"));

        post("links", Map.of("a", first, "b", third, "heal", true)).statusCode(200);
        get("/api/lab").then().body("nodes[0].links", hasSize(0)).body("nodes[2].links", hasSize(0));
    }

    @Test
    void shouldCommandMiners() {
        for (String action : List.of("stop", "start", "mine")) {
            post("mining", Map.of("nodes", List.of(first, third), "action", action))
                    .statusCode(200)
                    .body("done", is(true));
        }
        problem(post("mining", Map.of("nodes", List.of(first), "action", "sing")), 400, "invalid-action");
        problem(post("mining", Map.of("nodes", List.of(second), "action", "stop")), 409, "lab-off");
        problem(post("mining", Map.of("nodes", List.of(first), "action", "mine", "blocks", 21)), 400, "out-of-range");
    }

    @Test
    void shouldRefuseGroupsThatMakeNoSense() {
        problem(post("split", Map.of("left", List.of(first), "right", List.of(first))), 400, "not-apart");
        problem(post("split", Map.of("left", List.of(first), "right", List.of())), 400, "no-nodes");
        problem(post("split", Map.of("left", List.of(first), "right", List.of("00".repeat(32)))), 400, "unknown-node");
        problem(post("story", Map.of("honest", List.of(first), "attackers", List.of(third))), 400, "bridges");
        problem(post("story", Map.of("honest", List.of(first, second), "attackers", List.of(third))), 409, "lab-off");
        problem(get("/api/lab/story").then(), 404, "no-story");
        problem(given().post("/api/lab/story/next").then(), 409, "no-step");
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "heal", "links", "mining", "story", "story/next"})
    void shouldObeyNoPageOfAnotherOrigin(String path) {
        problem(
                given().header("Origin", "http://evil.example")
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/lab/" + path)
                        .then(),
                403,
                "foreign-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "heal", "links", "mining", "story", "story/next"})
    void shouldObeyNobodyThroughAProxyOnItsMachine(String path) {
        problem(
                given().header("X-Forwarded-For", "192.0.2.1")
                        .contentType("application/json")
                        .body("{}")
                        .post("/api/lab/" + path)
                        .then(),
                403,
                "admin-key-required");
    }

    @Test
    void shouldTellTheOddsOfAShareAndOfNodes() {
        get("/api/lab/odds?share=0.1")
                .then()
                .statusCode(200)
                .body("basis", equalTo("given"))
                .body("confirmations[2].rosenfeld", is(0.056f))
                .body("safeConfirmations", is(6));
        get("/api/lab/odds?attackers=" + first)
                .then()
                .statusCode(200)
                .body("basis", equalTo("measured"))
                .body("share.doubleValue()", closeTo(1 / 3.0, 1e-6))
                .body("majority", is(false));
        get("/api/lab/odds?share=0.6").then().body("majority", is(true)).body("$", not(hasKey("safeConfirmations")));
        problem(get("/api/lab/odds?share=2").then(), 400, "out-of-range");
        problem(get("/api/lab/odds").then(), 400, "out-of-range");
    }

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/lab/" + path)
                .then();
    }

    private static void problem(ValidatableResponse answer, int status, String code) {
        answer.statusCode(status).body("code", equalTo(code));
    }
}
