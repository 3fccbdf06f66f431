package dev.rensa.explorer.web;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.explorer.fixture.Eventually;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.RestAssured;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Nodes that agree and pages that complain of nothing, before and behind each test; all have one browser. */
abstract class BrowserStories {

    Browser browser;

    @TestHTTPResource
    String home;

    @ConfigProperty(name = "rensa.explorer.nodes")
    List<String> nodes;

    @BeforeEach
    void openTheBrowser() {
        Assumptions.assumeTrue(
                Browser.isInstalled(),
                Browser.CHROMIUM
                        + " is missing (Debian: apt install chromium): the pages are not tested in a browser.");
        browser = Browser.shared(home.replaceAll("/$", ""));
        // A test that failed half-way may have left them apart, or silent.
        everyNode("/test/start");
        everyNode("/test/follow");
        untilSeen();
    }

    @AfterEach
    void pagesMustNotComplain() {
        if (browser != null) {
            browser.closePages();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Waits until all nodes have the first one's tip, and the explorer has seen and indexed it. */
    void untilSeen() {
        Eventually.until("the nodes agree and their chain is indexed", () -> {
            String tip = get(nodes.getFirst() + "/status").jsonPath().getString("tip");
            return get("/api/nodes").jsonPath().getList("report.tip").stream().allMatch(tip::equals)
                    && get("/api/agreement").jsonPath().getString("state").equals("one")
                    && get("/api/index").jsonPath().getString("state").equals("current")
                    && get("/api/blocks/tip/hash").asString().equals(tip);
        });
    }

    long height() {
        return get("/api/status").jsonPath().getLong("index.height");
    }

    void everyNode(String path) {
        for (int i = 0; i < nodes.size(); i++) {
            ask(i, path);
        }
    }

    void ask(int node, String path) {
        assertThat(RestAssured.given().get(nodes.get(node) + path).statusCode()).isEqualTo(200);
    }
}
