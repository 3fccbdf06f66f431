package dev.rensa.node.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.rensa.node.api.TestNetwork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Probes, metrics and the description of the API. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class ManagementTest {

    @TestHTTPResource(value = "/health/live", management = true)
    URL live;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void shouldBeAliveAndReadyWithoutPeers() {
        given().get(live).then().statusCode(200).body("status", equalTo("UP"));
        given().get(ready).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void shouldCountWhatHappens() {
        String text = given().get(metrics).then().statusCode(200).extract().asString();

        assertThat(text)
                .contains(
                        "rensa_chain_height",
                        "rensa_chain_reorganisations_total",
                        "rensa_mempool_transactions",
                        "rensa_mempool_bytes",
                        "rensa_peers",
                        "rensa_mining_hashes_total",
                        "rensa_blocks_received_total",
                        "rensa_blocks_mined_total");
    }

    @Test
    void shouldDescribeEveryCall() {
        Map<String, Map<String, Map<String, Object>>> paths = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");

        assertThat(paths)
                .hasSize(26)
                .containsKeys("/chain/raw", "/transactions/{id}/proof", "/events", "/lab/links/{nodeKey}");
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            assertThat(operation).as(method + path).containsKey("summary");
            if (operation.get("parameters") instanceof List<?> parameters) {
                for (Object parameter : parameters) {
                    Map<?, ?> named = (Map<?, ?>) parameter;
                    assertThat(named.get("description"))
                            .as(method + path + named)
                            .isNotNull();
                    assertThat(named.get("example")).as(method + path + named).isNotNull();
                }
            }
        }));
    }
}
