package dev.rensa.explorer.api;

import static dev.rensa.explorer.fixture.SplitNetwork.ABANDONED;
import static dev.rensa.explorer.fixture.SplitNetwork.BEST;
import static dev.rensa.explorer.fixture.SplitNetwork.HOSTILE;
import static dev.rensa.explorer.fixture.SplitNetwork.HOSTILE_MEMO;
import static dev.rensa.explorer.fixture.SplitNetwork.MANY;
import static dev.rensa.explorer.fixture.SplitNetwork.WAITING;
import static dev.rensa.explorer.fixture.TestNetwork.ALICE;
import static dev.rensa.explorer.fixture.TestNetwork.BOB;
import static dev.rensa.explorer.fixture.TestNetwork.address;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.SplitNetwork;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.money.Amount;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URL;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = SplitNetwork.class, scope = TestResourceScope.MATCHING_RESOURCES)
class ExplorerApiTest {

    private static final String TIP = BEST.tip().hash().toHex();
    private static final String UNKNOWN = "00".repeat(32);

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @TestHTTPResource(value = "/health/live", management = true)
    URL live;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @BeforeEach
    void waitUntilEveryNodeIsSeen() {
        SplitNetwork.untilSeen();
    }

    @Test
    void shouldListTheNewestBlocks() {
        get("/api/blocks")
                .then()
                .statusCode(200)
                .body("", hasSize(10))
                .body("[0].hash", equalTo(TIP))
                .body("[0].confirmations", is(1))
                .body(
                        "height",
                        equalTo(IntStream.range(0, 10).mapToObj(i -> 30 - i).toList()));
    }

    @Test
    void shouldListBlocksFromAHeightDownwards() {
        get("/api/blocks/2").then().statusCode(200).body("height", equalTo(List.of(2, 1, 0)));
    }

    @Test
    void shouldTellTheTip() {
        get("/api/blocks/tip/height")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .body(equalTo("30"));
        get("/api/blocks/tip/hash").then().statusCode(200).body(equalTo(TIP));
        get("/api/block-height/0").then().statusCode(200).body(equalTo(TestNetwork.HASH.toHex()));
    }

    @Test
    void shouldTellABlock() {
        get("/api/block/" + BEST.at(5).hash())
                .then()
                .statusCode(200)
                .body("height", is(5))
                .body("parent", equalTo(BEST.at(4).hash().toHex()))
                .body("miner", equalTo(address(TestNetwork.MINER)))
                .body("canonical", is(true))
                .body("confirmations", is(26))
                .body("subsidy", is(100_000_000))
                .body("fees", is(10))
                .body("work", equalTo(BEST.upTo(5).work().toString()))
                .body("transactionCount", is(1))
                .body("$", not(hasKey("transactions")));
    }

    @Test
    void shouldTellABlockOfAnAbandonedBranch() {
        get("/api/block/" + ABANDONED.tip().hash())
                .then()
                .statusCode(200)
                .body("canonical", is(false))
                .body("confirmations", is(0))
                .body("height", is(29));
        get("/api/block/" + ABANDONED.tip().hash() + "/txs")
                .then()
                .statusCode(200)
                .body("", hasSize(0));
    }

    @Test
    void shouldPageThroughABlocksTransactions() {
        String block = "/api/block/" + BEST.at(6).hash() + "/txs";

        get(block).then().statusCode(200).body("", hasSize(25)).body("[24].status.index", is(24));
        get(block + "/25").then().statusCode(200).body("", hasSize(MANY - 25)).body("[0].nonce", is(26));
        get(block + "/30").then().statusCode(404).body("code", equalTo("position-beyond-block"));
    }

    @Test
    void shouldTellAMinedTransaction() {
        get("/api/tx/" + HOSTILE.id())
                .then()
                .statusCode(200)
                .body("sender", equalTo(address(ALICE)))
                .body("recipient", equalTo(address(BOB)))
                .body("amount", is(150_000_000))
                .body("fee", is(10))
                .body("memo", equalTo(HOSTILE_MEMO))
                .body("status.confirmed", is(true))
                .body("status.state", equalTo("mined"))
                .body("status.height", is(5))
                .body("status.index", is(0))
                .body("status.confirmations", is(26));
    }

    @Test
    void shouldTellATransactionThatWaitsInAMempool() {
        get("/api/tx/" + WAITING.id())
                .then()
                .statusCode(200)
                .body("status.confirmed", is(false))
                .body("status.state", equalTo("pending"));
        get("/api/mempool")
                .then()
                .statusCode(200)
                .body("nodes.name", hasItems("node-1", "node-2", "node-3"))
                .body("nodes.transactions", hasItem(greaterThanOrEqualTo(1)));
    }

    @Test
    void shouldTellAnAccountAndItsHistory() {
        String alice = "/api/address/" + address(ALICE);

        get(alice)
                .then()
                .statusCode(200)
                .body("nextNonce", is(1 + MANY))
                .body("sentCount", is(1 + MANY))
                .body("allocated", is(Amount.ofCoins(1_000).mon()))
                .body("height", is(30));
        get(alice + "/txs").then().statusCode(200).body("", hasSize(25)).body("[0].nonce", is(MANY));
        String last = get(alice + "/txs").jsonPath().getString("[24].id");
        get(alice + "/txs/chain/" + last)
                .then()
                .statusCode(200)
                .body("", hasSize(MANY + 1 - 25))
                .body("[0].nonce", is(MANY - 25));
    }

    @Test
    void shouldShowAnUntouchedAccountAsZeros() {
        String nobody = "/api/address/" + address(TestNetwork.key(77));

        get(nobody).then().statusCode(200).body("balance", is(0)).body("transactionCount", is(0));
        get(nobody + "/txs").then().statusCode(200).body("", hasSize(0));
    }

    @Test
    void shouldKeepEachNodesOwnView() {
        get("/api/nodes")
                .then()
                .statusCode(200)
                .body("", hasSize(4))
                .body("findAll { it.reachable }.report.name", equalTo(List.of("node-1", "node-2", "node-3")))
                .body("find { it.report?.name == 'node-3' }.report.height", is(29))
                .body("find { it.report?.name == 'node-3' }.lag", is(1))
                .body("find { it.report?.name == 'node-3' }.onBestChain", is(false))
                .body("find { it.report?.name == 'node-1' }.onBestChain", is(true))
                .body("find { it.report?.name == 'node-1' }.report.mining.running", is(true))
                .body("find { it.report?.name == 'node-1' }.nodeKey", notNullValue())
                .body("find { !it.reachable }.trouble", containsString("no connection"));
    }

    @Test
    void shouldMergeTheNodesBlocksIntoOneTree() {
        get("/api/tree")
                .then()
                .statusCode(200)
                .body("best", equalTo(TIP))
                .body("blocks", hasSize(32))
                .body("blocks[0].heads.name", hasItems("node-1", "node-2"))
                .body(
                        "blocks.find { !it.canonical }.hash",
                        equalTo(ABANDONED.tip().hash().toHex()))
                .body("blocks.find { !it.canonical }.heads.name", equalTo(List.of("node-3")));
    }

    @Test
    void shouldSayWhereTheNodesPart() {
        get("/api/agreement")
                .then()
                .statusCode(200)
                .body("state", equalTo("split"))
                .body("lastCommon.height", is(28))
                .body("depth", is(2))
                .body("branches", hasSize(2))
                .body("branches[0].tip", equalTo(TIP))
                .body("branches[1].nodes.name", equalTo(List.of("node-3")));
    }

    @Test
    void shouldFindByHeightHashIdAddressAndName() {
        search("5")
                .body(
                        "results.find { it.kind == 'block' }.id",
                        equalTo(BEST.at(5).hash().toHex()));
        search(TIP.substring(0, 10)).body("results[0].label", equalTo("#30"));
        search(HOSTILE.id().toHex()).body("results[0].kind", equalTo("transaction"));
        search(" " + address(BOB) + " ").body("results[0].path", equalTo("/address/" + address(BOB)));
        search("NODE-").body("results.kind", everyItem(equalTo("node"))).body("results", hasSize(3));
        search("no such thing").body("results", hasSize(0));
    }

    @Test
    void shouldTellOfItself() {
        get("/api/status")
                .then()
                .statusCode(200)
                .body("network", equalTo("Test network"))
                .body("networkHash", equalTo(TestNetwork.HASH.toHex()))
                .body("coinSymbol", equalTo("RNS"))
                .body("index.height", is(30))
                .body("index.lag", is(0))
                .body("knownNodes", is(4))
                .body("sourceTroubles", hasKey("nowhere.invalid:8080"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/blocks/31                              | 404 | unknown-block      | ends at 30
                    /api/blocks/minus                           | 400 | invalid-height     | whole number
                    /api/blocks/-1                              | 400 | invalid-height     | whole number
                    /api/blocks/99999999999999999999            | 400 | invalid-height     | whole number
                    /api/block-height/31                        | 404 | unknown-block      | height 31
                    /api/block-height/1.5                       | 400 | invalid-height     | `1.5`
                    /api/block/5                                | 400 | invalid-hash       | 64 hexadecimal digits
                    /api/block/UNKNOWN                          | 404 | unknown-block      | No node
                    /api/block/UNKNOWN/txs                      | 404 | unknown-block      | No node
                    /api/block/TIP/txs/x                        | 400 | invalid-position   | `x`
                    /api/block/TIP/txs/1                        | 404 | position-beyond-block | 0 transactions
                    /api/tx/zz                                  | 400 | invalid-hash       | 64 hexadecimal digits
                    /api/tx/UNKNOWN                             | 404 | unknown-transaction | mempool
                    /api/address/rns1pnonsense                  | 400 | invalid-address    | address
                    /api/address/ALICE/txs/chain/zz             | 400 | invalid-hash       | 64 hexadecimal digits
                    /api/address/ALICE/txs/chain/UNKNOWN        | 404 | unknown-transaction | first page
                    /api/address/ALICE/history?after=x          | 400 | invalid-height     | whole number
                    /api/address/ALICE/balances?points=1        | 400 | out-of-range       | points is 2
                    /api/replay?limit=0                         | 400 | out-of-range       | limit is 1
                    /api/replay?from=5&to=4                     | 400 | out-of-range       | from is 0
                    /api/replay?after=x                         | 400 | invalid-cursor     | page before
                    /api/block/UNKNOWN/arrivals                 | 404 | unknown-block      | none was watched
                    /api/search                                 | 400 | empty-query        | what to look for
                    /api/search?q=%20                           | 400 | empty-query        | what to look for
                    /api/search?q=%00%F0%9F%92%A9'%22           | 200 |                    |
                    /api/nothing                                | 404 | not-found          | openapi
                    /api                                        | 404 | not-found          | nothing
                    """)
    void shouldAnswerBadInputWithAProblemThatHelps(String path, int status, String code, String words) {
        String url = path.replace("UNKNOWN", UNKNOWN).replace("TIP", TIP).replace("ALICE", address(ALICE));

        var answer = given().urlEncodingEnabled(false).get(url).then().statusCode(status);

        if (code != null) {
            answer.contentType(Problem.MEDIA_TYPE)
                    .body("status", is(status))
                    .body("code", equalTo(code))
                    .body("detail", containsString(words));
        }
    }

    @Test
    void shouldBuildTheIndexAnewForTheOperatorAlone() {
        given().header("Origin", "http://evil.example")
                .post("/api/index/rebuild")
                .then()
                .statusCode(403)
                .body("code", equalTo("foreign-origin"));
        given().header("Host", "evil.example").post("/api/index/rebuild").then().statusCode(403);
        given().header("X-Forwarded-For", "192.0.2.1")
                .post("/api/index/rebuild")
                .then()
                .statusCode(403)
                .body("code", equalTo("admin-key-required"));

        given().post("/api/index/rebuild").then().statusCode(202).body("targetHeight", is(30));

        Eventually.until("the index is built anew", () -> {
            var index = get("/api/index").jsonPath();
            return index.getString("state").equals("current") && index.getInt("height") == 30;
        });
        get("/api/index").then().body("progress", is(1.0f));
        get("/api/tx/" + HOSTILE.id()).then().statusCode(200).body("status.height", is(5));
    }

    @Test
    void shouldRefuseAQueryBeyondItsBound() {
        get("/api/search?q=" + "a".repeat(Search.MAX_QUERY_CHARACTERS + 1))
                .then()
                .statusCode(400)
                .body("code", equalTo("query-too-long"));
    }

    @Test
    void shouldRefuseOtherMethods() {
        given().post("/api/blocks").then().statusCode(405).contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void shouldDescribeItsApi() {
        get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/address/{address}/txs/chain/{last}"))
                .body(not(containsString("/mining/start")));
    }

    @Test
    void shouldBeLiveAndReadyAndMeasured() {
        get(live).then().statusCode(200);
        get(ready).then().statusCode(200).body("checks.find { it.name == 'nodes' }.data.reachable", is(3));
        get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("rensa_explorer_nodes_reachable 3.0"))
                .body(containsString("rensa_explorer_agreement_split 1.0"));
    }

    private static ValidatableResponse search(String query) {
        return given().queryParam("q", query).get("/api/search").then().statusCode(200);
    }
}
