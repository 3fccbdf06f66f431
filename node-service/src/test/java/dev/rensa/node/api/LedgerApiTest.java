package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.get;
import static dev.rensa.node.api.ApiClient.mine;
import static dev.rensa.node.api.ApiClient.submit;
import static dev.rensa.node.api.ApiClient.submitJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.rensa.protocol.api.TransactionProofView;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.codec.ByteReader;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.merkle.MerkleProof;
import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way of a transfer through the API: submitted, waiting, mined, proved. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class LedgerApiTest {

    @Test
    void shouldCarryATransferFromSubmissionToProof() {
        Transaction transfer = TestNetwork.transfer(0, 0, 700, 10);
        String id = transfer.id().toHex();

        submitJson(ApiClient.fields(transfer))
                .statusCode(200)
                .body("id", equalTo(id))
                .body("state", equalTo("pending"));
        get("/transactions/" + id)
                .statusCode(200)
                .body("state", equalTo("pending"))
                .body("memo", equalTo("test"))
                .body("confirmations", is(0));
        get("/accounts/" + TestNetwork.address(0))
                .body("balance", is(TestNetwork.FUNDS))
                .body("pendingBalance", is(TestNetwork.FUNDS - 710))
                .body("nextNonce", is(0))
                .body("pendingNextNonce", is(1))
                .body("pendingTransactions", is(1));
        String block = mine(1).body("blocks", hasSize(1)).extract().path("blocks[0].hash");

        get("/transactions/" + id)
                .body("state", equalTo("mined"))
                .body("block", equalTo(block))
                .body("confirmations", greaterThanOrEqualTo(1));
        get("/accounts/" + TestNetwork.address(0))
                .body("balance", is(TestNetwork.FUNDS - 710))
                .body("nextNonce", is(1))
                .body("pendingTransactions", is(0));
        assertProves(get("/transactions/" + id + "/proof").statusCode(200), transfer, block);
    }

    private static void assertProves(ValidatableResponse response, Transaction transfer, String block) {
        TransactionProofView proof = response.extract().as(TransactionProofView.class);
        BlockHeader header = BlockHeader.decode(HexFormat.of().parseHex(proof.header()));
        MerkleProof path = new MerkleProof(
                proof.index(),
                proof.treeSize(),
                proof.path().stream().map(Hash::fromHex).toList());

        assertThat(header.hash().toHex()).isEqualTo(block);
        assertThat(path.verify(transfer.id(), header.transactionsRoot())).isTrue();
    }

    @Test
    void shouldKnowASubmissionThatComesTwice() {
        Transaction transfer = TestNetwork.transfer(1, 0, 700, 10);
        submit(transfer).statusCode(200).body("state", equalTo("pending"));

        submitJson(Map.of("raw", HexFormat.of().formatHex(transfer.toBytes())))
                .statusCode(200)
                .body("state", equalTo("known"));
        mine(1);
        submit(transfer).statusCode(200).body("state", equalTo("known"));
    }

    @Test
    void shouldQueueAndNameTheMissingNonce() {
        Transaction second = TestNetwork.transfer(2, 1, 700, 10);

        submit(second).statusCode(200).body("state", equalTo("queued")).body("missingNonce", is(0));
        get("/transactions/" + second.id()).body("state", equalTo("queued")).body("missingNonce", is(0));
        submit(TestNetwork.transfer(2, 0, 700, 10)).body("state", equalTo("pending"));
        get("/transactions/" + second.id()).body("state", equalTo("pending"));
    }

    @Test
    void shouldAnswerEachOfABatch() {
        byte[] packed = pack(
                TestNetwork.transfer(3, 0, 700, 10),
                TestNetwork.transfer(3, 1, 700, 1),
                TestNetwork.transfer(3, 2, 700, 10));

        given().contentType("application/octet-stream")
                .body(packed)
                .post("/transactions/batch")
                .then()
                .statusCode(200)
                .body("accepted", is(2))
                .body("rejected", is(1))
                .body("rejections.index", contains(1))
                .body("rejections.code", contains("fee-below-minimum"));
    }

    @Test
    void shouldAnswerEachLineOfABatch() {
        String good = "{\"raw\":\""
                + HexFormat.of().formatHex(TestNetwork.transfer(4, 0, 700, 10).toBytes()) + "\"}";
        String lines = good + "\n\n{\"raw\":\n" + "{\"sender\":\"nobody\",\"networkId\":\"00000000\"}\n";

        given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/transactions/batch")
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("rejected", is(2))
                .body("rejections.index", contains(1, 2))
                .body("rejections.code", contains("malformed-request", "invalid-address"));
    }

    @Test
    void shouldShowBlocksInEveryWayOfNamingThem() {
        mine(3);
        int height = get("/blocks/tip").statusCode(200).extract().path("height");
        String hash = get("/blocks/" + height)
                .statusCode(200)
                .body("canonical", is(true))
                .extract()
                .path("hash");
        byte[] raw = given().get("/blocks/" + hash + "/raw").asByteArray();

        get("/blocks/" + hash).statusCode(200).body("height", is(height)).body("work", notNullValue());
        assertThat(Block.decode(raw).hash().toHex()).isEqualTo(hash);
        get("/blocks/0").body("parent", equalTo(TestNetwork.GENESIS.hash().toHex()));
    }

    @Test
    void shouldGiveTheChainInPackedPages() {
        mine(4);
        byte[] page = given().get("/chain/raw?from=1&limit=3").asByteArray();

        ByteReader reader = new ByteReader(page);
        Block first = Block.read(reader);
        Block second = Block.read(reader);
        Block third = Block.read(reader);
        reader.expectEnd();
        assertThat(first.height()).isEqualTo(1);
        assertThat(second.header().parent()).isEqualTo(first.hash());
        assertThat(third.toBytes()).isEqualTo(given().get("/blocks/3/raw").asByteArray());
        get("/chain/raw?from=999999").statusCode(404);
        get("/chain/raw?from=-1").statusCode(400);
        get("/chain/raw?limit=1001").statusCode(400);
    }

    @Test
    void shouldPageThroughTheChain() {
        mine(5);

        get("/chain?from=1&limit=3")
                .statusCode(200)
                .body("from", is(1))
                .body("chain.height", contains(1, 2, 3))
                .body("height", greaterThanOrEqualTo(5));
        int tip = get("/chain?limit=2").body("chain", hasSize(2)).extract().path("height");
        get("/chain?limit=1").body("chain.height", hasItem(greaterThanOrEqualTo(tip)));
        get("/chain?from=1000000").statusCode(200).body("chain", hasSize(0));
    }

    @Test
    void shouldShowTheMempoolHighestFeeFirst() {
        submit(TestNetwork.transfer(5, 0, 700, 900_000));
        submit(TestNetwork.transfer(6, 0, 700, 1_000_000));

        get("/mempool?limit=2")
                .statusCode(200)
                .body("pending", greaterThan(1))
                .body("minimumFee", is((int) TestNetwork.MINIMUM_FEE))
                .body("transactions.fee", contains(1_000_000, 900_000));
    }

    @Test
    void shouldTellWhatItIs() {
        get("/status")
                .statusCode(200)
                .body("name", equalTo("test-node"))
                .body("networkHash", equalTo(TestNetwork.NETWORK.toHex()))
                .body("development", is(false))
                .body("ready", is(true))
                .body("sync.state", equalTo("synced"))
                .body("mining.mode", equalTo("manual"))
                .body("mining.running", is(false));
        get("/genesis").statusCode(200).body("name", equalTo("API test network"));
        get("/peers")
                .statusCode(200)
                .body("peers", hasSize(0))
                .body("maxPeers", is(64))
                .body("candidateCount", is(0))
                .body("candidates", hasSize(0));
        get("/forks").statusCode(200).body("forks[0].state", equalTo("canonical"));
    }

    @Test
    void shouldMineToTheAddressWished() {
        String address = TestNetwork.address(900);

        given().contentType(ContentType.JSON)
                .body(Map.of("miner", address, "blocks", 2))
                .post("/mine")
                .then()
                .statusCode(200)
                .body("blocks", hasSize(2));

        get("/accounts/" + address).body("balance", greaterThanOrEqualTo(200_000_000));
    }

    private static byte[] pack(Transaction... transactions) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (Transaction transaction : transactions) {
            packed.writeBytes(transaction.toBytes());
        }
        return packed.toByteArray();
    }
}
