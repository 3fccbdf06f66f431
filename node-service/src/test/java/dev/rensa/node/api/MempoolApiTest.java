package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.expectProblem;
import static dev.rensa.node.api.ApiClient.get;
import static dev.rensa.node.api.ApiClient.mine;
import static dev.rensa.node.api.ApiClient.submit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the node tells of those that wait, and of one that would. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class MempoolApiTest {

    @Test
    void shouldListASendersTransactionsInPages() {
        for (int nonce = 0; nonce < 5; nonce++) {
            submit(TestNetwork.transfer(30, nonce, 1, 10 + nonce)).statusCode(200);
        }
        submit(TestNetwork.transfer(30, 7, 1, 10)).statusCode(200);
        String path = "/mempool?limit=2&sender=" + TestNetwork.address(30);

        List<Integer> nonces = new ArrayList<>();
        String next = "";
        while (next != null) {
            ValidatableResponse page = get(path + next).statusCode(200);
            nonces.addAll(page.extract().path("transactions.nonce"));
            String after = page.extract().path("next");
            next = after == null ? null : "&after=" + after;
        }

        assertThat(nonces).containsExactly(0, 1, 2, 3, 4, 7);
        get(path + "&state=queued")
                .body("transactions.nonce", contains(7))
                .body("transactions.missingNonce", contains(5));
    }

    @Test
    void shouldListByArrival() {
        Transaction cheap = TestNetwork.transfer(31, 0, 1, 10);
        Transaction dear = TestNetwork.transfer(31, 1, 1, 5_000);
        submit(cheap).statusCode(200);
        submit(dear).statusCode(200);

        List<String> ids = get("/mempool?order=arrival&limit=1000").extract().path("transactions.id");

        assertThat(ids).containsSubsequence(cheap.id().toHex(), dear.id().toHex());
    }

    @Test
    void shouldTellItsLimitsAndWhatToPay() {
        get("/mempool/info")
                .statusCode(200)
                .body("full", is(false))
                .body("minimumFee", is((int) TestNetwork.MINIMUM_FEE))
                .body("minimumFeePerKib", is(0))
                .body("maxNonceGap", is(50))
                .body("maxPerSender", is(20_000))
                .body("expiryMillis", is(10_800_000));
        get("/fees")
                .statusCode(200)
                .body("minimumFee", is((int) TestNetwork.MINIMUM_FEE))
                .body("estimates.urgency", contains("next", "soon", "relaxed"))
                .body("estimates.blocks", contains(1, 5, 20))
                .body("estimates.transferFee", everyItem(is((int) TestNetwork.MINIMUM_FEE)))
                .body("estimates.basis", everyItem(equalTo("minimum")));
    }

    @Test
    void shouldTryOutAndTakeNothing() {
        Transaction first = TestNetwork.transfer(32, 0, 1, 10);
        Transaction replacement = TestNetwork.transfer(32, 0, 1, 20);

        dryRun(first)
                .statusCode(200)
                .body("id", equalTo(first.id().toHex()))
                .body("state", equalTo("pending"))
                .body("dryRun.evicts", hasSize(0))
                .body("dryRun.enoughForBlocks", is(1))
                .body("dryRun.fees.estimates", hasSize(3));
        expectProblem(get("/transactions/" + first.id()), 404, "not-found");
        submit(first).statusCode(200).body("state", equalTo("pending")).body("dryRun", nullValue());
        dryRun(replacement)
                .statusCode(200)
                .body("dryRun.replaces", equalTo(first.id().toHex()));
        get("/transactions/" + first.id()).body("state", equalTo("pending"));
        given().contentType(ContentType.JSON)
                .body(ApiClient.fields(TestNetwork.transfer(32, 3, 1, 10)))
                .post("/transactions?dryRun=true")
                .then()
                .statusCode(200)
                .body("state", equalTo("queued"))
                .body("missingNonce", is(1));
    }

    @Test
    void shouldRefuseADryRunAsItWouldTheTransaction() {
        expectProblem(dryRun(TestNetwork.transfer(33, 0, 1, 1)), 422, "fee-below-minimum");
        byte[] forged = TestNetwork.transfer(33, 0, 1, 10).toBytes();
        forged[forged.length - 1] ^= 1;
        expectProblem(
                given().contentType(NodeApi.PACKED)
                        .body(forged)
                        .post("/transactions?dryRun=true")
                        .then(),
                422,
                "invalid-signature");
    }

    @Test
    void shouldExplainWhatWaitsAndWhatIsMined() {
        Transaction transfer = TestNetwork.transfer(34, 0, 1, 10, 100_000);
        submit(transfer).statusCode(200);

        explain(transfer)
                .body("state", equalTo("pending"))
                .body("code", equalTo("waits-for-block"))
                .body("pending.position", greaterThanOrEqualTo(1))
                .body("pending.expectedBlocks", is(1))
                .body("validUntil", is(100_000))
                .body("summary", containsString("the next block"))
                .body("mined", nullValue());
        mine(1);
        explain(transfer)
                .body("state", equalTo("mined"))
                .body("mined.confirmations", greaterThanOrEqualTo(1))
                .body("summary", containsString("confirmation"));
    }

    @Test
    void shouldExplainWhatIsLacking() {
        Transaction second = TestNetwork.transfer(35, 1, TestNetwork.FUNDS - 20, 10);
        submit(second).statusCode(200);
        explain(second)
                .body("state", equalTo("queued"))
                .body("code", equalTo("nonce-gap"))
                .body("queued.missingNonce", is(0))
                .body("queued.lackingMon", nullValue())
                .body("summary", containsString("nonce 0"));

        submit(TestNetwork.transfer(35, 0, 100, 10)).statusCode(200);

        explain(second)
                .body("code", equalTo("insufficient-funds"))
                .body("queued.lackingMon", is(100))
                .body("summary", containsString("100 mon are lacking"));
    }

    @Test
    void shouldExplainWhatLeftAndWhatWasNeverTaken() {
        Transaction cheap = TestNetwork.transfer(36, 0, 1, 10);
        Transaction dear = TestNetwork.transfer(36, 0, 1, 20);
        Transaction poor = TestNetwork.transfer(36, 0, 1, 1);
        submit(cheap).statusCode(200);
        submit(dear).statusCode(200);
        expectProblem(submit(poor), 422, "fee-below-minimum");

        explain(cheap)
                .body("state", equalTo("gone"))
                .body("code", equalTo("replaced"))
                .body("gone.replacedBy", equalTo(dear.id().toHex()))
                .body("summary", containsString(dear.id().toHex()));
        explain(poor).body("state", equalTo("refused")).body("code", equalTo("fee-below-minimum"));
        explain(TestNetwork.transfer(36, 9, 9, 9))
                .body("state", equalTo("unknown"))
                .body("code", equalTo("not-found"))
                .body("summary", not(equalTo("")));
    }

    @Test
    void shouldListHeadersWithoutBodies() {
        mine(5);

        get("/headers?from=0&limit=3")
                .statusCode(200)
                .body("headers.height", contains(0, 1, 2))
                .body("headers[1].hash", equalTo(get("/blocks/1").extract().<String>path("hash")))
                .body("headers[2].parent", equalTo(get("/blocks/1").extract().<String>path("hash")))
                .body("headers[0].work", equalTo(get("/blocks/0").extract().<String>path("work")));
        int tip = get("/status").extract().path("height");
        get("/headers?limit=2").body("headers.height", contains(tip - 1, tip));
        get("/headers?from=1000000").statusCode(200).body("headers", hasSize(0));
    }

    private static ValidatableResponse explain(Transaction transaction) {
        return get("/explain/transactions/" + transaction.id()).statusCode(200);
    }

    private static ValidatableResponse dryRun(Transaction transaction) {
        return given().contentType(NodeApi.PACKED)
                .body(transaction.toBytes())
                .post("/transactions?dryRun=true")
                .then();
    }
}
