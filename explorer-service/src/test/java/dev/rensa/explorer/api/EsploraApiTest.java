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
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.rensa.explorer.fixture.Eventually;
import dev.rensa.explorer.fixture.SplitNetwork;
import dev.rensa.explorer.fixture.TestNetwork;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.api.TransactionProofView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The paths that Esplora has, and what stands beside them. */
@QuarkusTest
@WithTestResource(value = SplitNetwork.class, scope = TestResourceScope.MATCHING_RESOURCES)
class EsploraApiTest {

    private static final String UNKNOWN = "00".repeat(32);

    @TestHTTPResource("/")
    String base;

    @BeforeEach
    void waitUntilEveryNodeIsSeen() {
        SplitNetwork.untilSeen();
    }

    @Test
    void shouldGiveBlocksAndTransactionsInTheirBytes() {
        Block block = BEST.at(6);
        String path = "/api/block/" + block.hash();

        assertThat(get(path + "/raw").asByteArray()).isEqualTo(block.toBytes());
        assertThat(get("/api/block/" + ABANDONED.tip().hash() + "/raw").asByteArray())
                .isEqualTo(ABANDONED.tip().toBytes());
        get(path + "/header")
                .then()
                .body(equalTo(HexFormat.of().formatHex(block.header().toBytes())));
        get(path + "/txids").then().body("", hasSize(MANY)).body("[3]", equalTo(id(block, 3)));
        get(path + "/status")
                .then()
                .body("canonical", is(true))
                .body("height", is(6))
                .body("next", equalTo(BEST.at(7).hash().toHex()));
        get("/api/block/" + ABANDONED.tip().hash() + "/status").then().body("canonical", is(false));
        get("/api/tx/" + id(block, 3) + "/hex")
                .then()
                .body(equalTo(
                        HexFormat.of().formatHex(block.transactions().get(3).toBytes())));
        assertThat(get("/api/tx/" + id(block, 3) + "/raw").asByteArray())
                .isEqualTo(block.transactions().get(3).toBytes());
        get("/api/tx/" + id(block, 3) + "/status")
                .then()
                .body("confirmed", is(true))
                .body("index", is(3));
        get("/api/tx/" + WAITING.id() + "/raw").then().statusCode(404).body("code", equalTo("not-mined"));
    }

    @Test
    void shouldProveThatABlockHoldsATransaction() {
        Block block = BEST.at(6);

        TransactionProofView proof = get("/api/tx/" + id(block, 5) + "/merkle-proof")
                .then()
                .statusCode(200)
                .extract()
                .as(TransactionProofView.class);

        MerkleProof path = new MerkleProof(
                proof.index(),
                proof.treeSize(),
                proof.path().stream().map(Hash::fromHex).toList());
        BlockHeader header = BlockHeader.decode(HexFormat.of().parseHex(proof.header()));
        assertThat(header.hash()).isEqualTo(block.hash());
        assertThat(path.verify(block.transactions().get(5).id(), header.transactionsRoot()))
                .isTrue();
    }

    @Test
    void shouldSpareWhatACallerHasAlready() {
        String raw = "/api/block/" + BEST.at(6).hash() + "/raw";
        String page = "/api/block/" + BEST.at(6).hash();

        String forEver = get(raw).then()
                .header("Cache-Control", containsString("immutable"))
                .extract()
                .header("ETag");
        String whileTip = get(page).then().extract().header("ETag");

        given().header("If-None-Match", forEver).get(raw).then().statusCode(304);
        given().header("If-None-Match", whileTip).get(page).then().statusCode(304);
        given().header("If-None-Match", "\"another\"").get(page).then().statusCode(200);
    }

    @Test
    void shouldTellWhatWaitsAndWhatToPay() {
        get("/api/mempool/txids")
                .then()
                .statusCode(200)
                .body("", hasItem(WAITING.id().toHex()));
        get("/api/mempool/recent")
                .then()
                .statusCode(200)
                .body("id", hasItem(WAITING.id().toHex()));
        get("/api/address/" + address(BOB) + "/txs/mempool")
                .then()
                .statusCode(200)
                .body("id", equalTo(List.of(WAITING.id().toHex())));
        get("/api/address/" + address(ALICE) + "/txs/mempool").then().body("", hasSize(0));
        get("/api/fee-estimates").then().statusCode(200).body("1", is(61));
    }

    @Test
    void shouldHandATransactionToANodeAndPassItsRefusalOn() {
        Transaction transfer = TestNetwork.transfer(TestNetwork.key(5), 0, BOB.publicKey(), 5, "through the explorer");
        String hex = HexFormat.of().formatHex(transfer.toBytes());

        post(hex).statusCode(200).body(equalTo(transfer.id().toHex()));
        post(hex).statusCode(409).contentType(Problem.MEDIA_TYPE).body("code", equalTo("already-known"));
        post("00" + hex).statusCode(400).contentType(Problem.MEDIA_TYPE);
        post("not hexadecimal").statusCode(400).body("code", equalTo("malformed"));
        post("0".repeat(2_000)).statusCode(400).body("code", equalTo("size-limit"));
    }

    @Test
    void shouldShowATransactionsPassport() {
        get("/api/tx/" + WAITING.id() + "/passport")
                .then()
                .statusCode(200)
                .body("nodes[0].name", equalTo("node-1"))
                .body("nodes[0].delayMillis", is(0))
                .body("nodes[0].stamps[0].state", equalTo("pending"))
                .body("explanations", hasSize(3))
                .body("explanations.find { it.name == 'node-1' }.explanation.code", equalTo("waits-for-block"));
        get("/api/tx/" + UNKNOWN + "/passport").then().statusCode(200).body("nodes", hasSize(0));
    }

    @Test
    void shouldGiveAHistoryAsATable() {
        String table = get("/api/address/" + address(ALICE) + "/txs.csv")
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .header("Content-Disposition", containsString(address(ALICE)))
                .extract()
                .asString();

        List<String> lines = table.lines().toList();
        assertThat(lines).hasSize(1 + 1 + MANY);
        assertThat(lines.getLast())
                .contains(HOSTILE.id().toHex(), ",out," + address(BOB) + ",150000000,10,0,", HOSTILE_MEMO);
    }

    @Test
    void shouldTellHowABalanceCameAbout() {
        String miner = address(TestNetwork.MINER);
        String table = get("/api/address/" + miner + "/txs.csv").asString();
        var history = get("/api/address/" + miner + "/history").jsonPath();
        var balances = get("/api/address/" + miner + "/balances?points=5").jsonPath();
        long balance = get("/api/address/" + miner).jsonPath().getLong("balance");

        assertThat(table.lines().filter(line -> line.contains(",reward,"))).hasSizeGreaterThan(5);
        assertThat(history.getString("entries[0].kind")).isEqualTo("reward");
        assertThat(history.getList("entries")).hasSize(AccountReader.PAGE);
        assertThat(get("/api/address/" + miner + "/history?after=" + history.getString("next"))
                        .jsonPath()
                        .getLong("entries[0].height"))
                .isLessThan(history.getLong("entries[-1].height"));
        assertThat(balances.getBoolean("whole")).isTrue();
        assertThat(balances.getList("points")).hasSize(5);
        assertThat(balances.getLong("points[0].balance")).isZero();
        assertThat(balances.getLong("points[4].balance")).isEqualTo(balance);
    }

    @Test
    void shouldReplayWhatWasSeen() {
        Eventually.until(
                "the nodes' heads are kept",
                () -> get("/api/replay?from=0")
                        .jsonPath()
                        .getList("events.name")
                        .contains("head"));

        var replay = get("/api/replay?from=0&limit=1").jsonPath();
        assertThat(replay.getLong("heldFromMillis")).isPositive();
        assertThat(replay.getString("events[0].name")).isNotEmpty();
        assertThat(get("/api/replay?from=0").jsonPath().getString("events.find { it.name == 'head' }.data.hash"))
                .hasSize(64);
        get("/api/replay?from=0&after=" + replay.getString("next")).then().statusCode(200);
    }

    @Test
    void shouldFindByTheBeginningOfAnAddressAndByLabel() {
        search(address(BOB).substring(0, 14)).body("results[0].id", equalTo(address(BOB)));
        search("the faU")
                .body("results[0].id", equalTo(address(ALICE)))
                .body("results[0].label", equalTo("the faucet"));
        search(address(ALICE)).body("results[0].label", equalTo("the faucet"));
    }

    @Test
    void shouldTellFiguresMinersAndReorganisations() {
        get("/api/stats?blocks=11")
                .then()
                .statusCode(200)
                .body("blocks", is(11))
                .body("toHeight", is(30))
                .body("meanIntervalMillis", is(5_000))
                .body("treeBlocks", is(32))
                .body("abandonedBlocks", is(1));
        get("/api/miners")
                .then()
                .statusCode(200)
                .body("[0].address", equalTo(address(TestNetwork.MINER)))
                .body("[0].blocks", is(30))
                .body("[0].share", is(1.0f));
        get("/api/reorganisations").then().statusCode(200).body("reorganisations", hasSize(0));
        get("/api/reorganisations?after=x").then().statusCode(400).body("code", equalTo("invalid-cursor"));
        get("/api/reorganisations?limit=0").then().statusCode(400).body("code", equalTo("out-of-range"));
        get("/api/agreement").then().body("branches[0].workSinceCommon", notNullValue());
    }

    @Test
    void shouldTellEventsFromWhereTheCallerWas() throws Exception {
        given().get("/api/events?types=nonsense").then().statusCode(400).body("code", equalTo("invalid-types"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "api/events"))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "1-1")
                .timeout(Duration.ofSeconds(10))
                .build();

        try (HttpClient http = HttpClient.newHttpClient();
                InputStream stream = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("event:")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("event:gap");
        }
    }

    private static String id(Block block, int position) {
        return block.transactions().get(position).id().toHex();
    }

    private static ValidatableResponse post(String hex) {
        return given().contentType("text/plain").body(hex).post("/api/tx").then();
    }

    private static ValidatableResponse search(String query) {
        return given().queryParam("q", query).get("/api/search").then().statusCode(200);
    }
}
