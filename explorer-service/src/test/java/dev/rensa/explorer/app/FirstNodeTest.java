package dev.rensa.explorer.app;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.SleepingNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** The first minutes of an explorer that was started before its network. */
@QuarkusTest
@WithTestResource(value = SleepingNode.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class FirstNodeTest {

    @Inject
    ExplorerConfig config;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @TestHTTPResource(value = "/health/live", management = true)
    URL live;

    @Test
    void shouldHelpUntilANodeAnswersAndThenFollowItsEvents() {
        get(live).then().statusCode(200);
        get(ready).then().statusCode(503);
        get("/api/blocks").then().statusCode(503);
        assertThat(get("/").then().statusCode(200).extract().asString()).contains("./rensa up");

        node("/test/start");
        Eventually.until(
                "the node's chain is indexed",
                () -> get("/api/blocks/tip/hash")
                        .asString()
                        .equals(SleepingNode.CHAIN.tip().hash().toHex()));
        get(ready).then().statusCode(200);

        Eventually.until(
                "its events are followed",
                () -> "events".equals(get("/api/nodes").jsonPath().getString("[0].followedBy")));
        node("/test/mine");
        Eventually.until(
                "the new block is indexed",
                () -> get("/api/blocks/tip/height").asString().equals("4"));
        Eventually.until(
                "the tree says who had it first",
                () -> get("/api/nodes")
                        .jsonPath()
                        .getString("[0].nodeKey")
                        .equals(get("/api/tree").jsonPath().getString("blocks[0].firstSeenBy")));
    }

    private void node(String path) {
        given().baseUri(config.nodes().orElseThrow().getFirst().toString())
                .get(path)
                .then()
                .statusCode(200);
    }
}
