package dev.rensa.explorer.web;

import static dev.rensa.explorer.fixture.SplitNetwork.ABANDONED;
import static dev.rensa.explorer.fixture.SplitNetwork.BEST;
import static dev.rensa.explorer.fixture.SplitNetwork.HOSTILE;
import static dev.rensa.explorer.fixture.SplitNetwork.WAITING;
import static dev.rensa.explorer.fixture.TestNetwork.ALICE;
import static dev.rensa.explorer.fixture.TestNetwork.BOB;
import static dev.rensa.explorer.fixture.TestNetwork.MINER;
import static dev.rensa.explorer.fixture.TestNetwork.address;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rensa.explorer.fixture.SplitNetwork;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SplitNetwork.class, scope = TestResourceScope.MATCHING_RESOURCES)
class PagesTest {

    @BeforeEach
    void waitUntilEveryNodeIsSeen() {
        SplitNetwork.untilSeen();
    }

    @Test
    void shouldShowTheNetworkAtAGlance() {
        String page = page("/");

        assertThat(page)
                .contains("The nodes are split over 2 chains")
                .contains("node-1", "node-2", "node-3", "another branch")
                .contains("no connection to http://127.0.0.1:1")
                .contains("<svg")
                .contains("/block/" + ABANDONED.tip().hash())
                .contains("nowhere.invalid");
    }

    @Test
    void shouldSpeakJapaneseToThoseWhoAskForIt() {
        String byBrowser =
                given().header("Accept-Language", "ja,en;q=0.5").get("/").asString();
        String byCookie = given().cookie("rensa-lang", "ja").get("/block/5").asString();

        assertThat(byBrowser).contains("<html lang=\"ja\"", "ノードが 2 本のチェーンに分かれています");
        assertThat(byCookie).contains("取引ルート");
        given().get("/?lang=ja").then().cookie("rensa-lang", "ja").body(containsString("<html lang=\"ja\""));
        assertThat(given().header("Accept-Language", "ja").get("/?lang=en").asString())
                .contains("<html lang=\"en\"");
        assertThat(given().header("Accept-Language", "fr").get("/").asString()).contains("<html lang=\"en\"");
        assertThat(given().header("Accept-Language", ";;;").get("/").asString()).contains("<html lang=\"en\"");
    }

    @Test
    void shouldRememberLanguageAndColoursAndLeadBackToItsOwnPagesOnly() {
        preferences("lang=ja&to=/blocks?from%3D20")
                .cookie("rensa-lang", "ja")
                .header("Location", endsWith("/blocks?from=20"));
        preferences("theme=dark&to=/tree").cookie("rensa-theme", "dark").header("Location", endsWith("/tree"));
        assertThat(given().cookie("rensa-theme", "dark").get("/").asString()).contains("data-theme=\"dark\"");
        for (String to : new String[] {"//evil.example/", "https://evil.example", "/\\evil.example", "", "/a b"}) {
            given().redirects()
                    .follow(false)
                    .queryParam("to", to)
                    .get("/preferences")
                    .then()
                    .statusCode(303)
                    .header("Location", matchesPattern("http://[^/]+/"));
        }
        preferences("lang=xx&theme=pink&to=/").header("Set-Cookie", nullValue());
    }

    @Test
    void shouldShowAHostileMemoAsText() {
        for (String path : new String[] {"/block/5", "/tx/" + HOSTILE.id(), "/address/" + address(BOB)}) {
            assertThat(page(path))
                    .contains("&lt;script&gt;alert(&#39;hello&#39;)&lt;/script&gt;")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void shouldShowAmountsInCoinsAndTimesReadably() {
        assertThat(page("/tx/" + HOSTILE.id()))
                .contains("<data value=\"150000000\" title=\"150,000,000 mon\">1.5</data> <small>RNS</small>")
                .contains("0.0000001</data> RNS")
                .contains("<time datetime=\"2026-01-01T00:00:25Z\">2026-01-01 00:00:25 UTC</time>");
    }

    @Test
    void shouldShowABlockByHashOrHeight() {
        assertThat(page("/block/" + BEST.at(6).hash())).contains("?start=25");
        assertThat(page("/block/6?start=25")).doesNotContain("?start=50");
        assertThat(page("/block/" + ABANDONED.tip().hash())).contains("not on the best chain");
        assertThat(page("/block/0")).contains("This block holds no transactions.");
    }

    @Test
    void shouldShowATransactionThatWaits() {
        assertThat(page("/tx/" + WAITING.id())).contains("waits to be mined");
    }

    @Test
    void shouldLeadThroughALongHistory() {
        String first = page("/address/" + address(ALICE));

        assertThat(first).contains("?after=").contains("From the beginning");
    }

    @Test
    void shouldListBlocksWithWaysToOlderAndNewerOnes() {
        assertThat(page("/blocks")).contains("/blocks?from=5").doesNotContain("rel=\"prev\"");
        assertThat(page("/blocks?from=27")).contains("/blocks?from=30", "/blocks?from=2");
        assertThat(page("/blocks?from=9")).doesNotContain("rel=\"next\"");
    }

    @Test
    void shouldLeadStraightToAnOnlyMatch() {
        given().redirects()
                .follow(false)
                .get("/search?q=" + HOSTILE.id())
                .then()
                .statusCode(303)
                .header("Location", endsWith("/tx/" + HOSTILE.id()));
    }

    @Test
    void shouldShowTheQueryAsTextWhenNothingIsFound() {
        assertThat(given().queryParam("q", "<b>x</b>").get("/search").asString())
                .contains("&lt;b&gt;x&lt;/b&gt;")
                .contains("Nothing was found.");
    }

    @Test
    void shouldHelpOnAPageOfItsOwnWhenSomethingIsWrong() {
        problem("/block/zz", 400, "is not a height");
        problem("/block/31", 404, "ends at 30");
        problem("/tx/1", 400, "64 hexadecimal digits");
        problem("/address/rns1pwrong", 400, "is not an address");
        problem("/nowhere/at/all", 404, "There is nothing at /nowhere/at/all");
        problem("/search?q=", 400, "Say what to look for");
        problem("/blocks?from=x", 400, "is not a height");
        problem("/block/5?start=x", 400, "is not a position");
    }

    @Test
    void shouldLoadNothingFromElsewhere() {
        String page = page("/");

        assertThat(page).doesNotContainPattern("(src|href|action)=\"(https?:)?//");
        get("/").then().header("Content-Security-Policy", startsWith("default-src 'none'"));
        get("/assets/explorer.css").then().statusCode(200);
        for (String served : new String[] {
            "/assets/page.js",
            "/assets/network.css",
            "/webjars/picocss__pico/css/pico.min.css",
            "/webjars/d3/dist/d3.min.js",
            "/_static/echarts/dist/echarts.common.min.js"
        }) {
            assertThat(get(served).statusCode()).as(served).isEqualTo(200);
        }
        get("/assets/icon.svg").then().statusCode(200);
    }

    @Test
    void shouldShowWhatBecameOfATransactionOnEachNode() {
        assertThat(page("/tx/" + WAITING.id()))
                .contains("<svg", "admitted", "node-1", "waits-for-block", "as a test has it");
        assertThat(page("/tx/" + HOSTILE.id())).contains("No node told of this transaction");
    }

    @Test
    void shouldShowWhatTheNextBlockWillHold() {
        assertThat(page("/mempool"))
                .contains(WAITING.id().toString(), "in the next block", "of 4.0 MiB")
                .containsPattern("Of [12] transactions that can be mined now");
    }

    @Test
    void shouldShowMinersAndChartsWithTheirTables() {
        assertThat(page("/miners")).contains(address(MINER), "100.0 %", "<table");
        assertThat(page("/charts?blocks=120"))
                .contains("Blocks 0 to 30", "data-v=\"5.0\"", "data-table=\"series-table\"");
        problem("/charts?blocks=10001", 400, "blocks is 1 to 10000");
        problem("/miners?blocks=x", 400, "whole number");
    }

    private static ValidatableResponse preferences(String query) {
        return given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .get("/preferences?" + query)
                .then()
                .statusCode(303);
    }

    private static String page(String path) {
        return get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }

    private static void problem(String path, int status, String words) {
        String page = get(path)
                .then()
                .statusCode(status)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page).contains(words).contains("To the network");
    }
}
