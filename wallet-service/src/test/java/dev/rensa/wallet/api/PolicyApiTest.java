package dev.rensa.wallet.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.wallet.fixture.FakeNetwork;
import dev.rensa.wallet.fixture.GuardedSettings;
import dev.rensa.wallet.policy.Approval;
import dev.rensa.wallet.policy.ApprovalStore;
import dev.rensa.wallet.policy.Policy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Collections;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The faucet's wallet serves as one that has funds; what is counted for its day stays, so the tests that count have an order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@QuarkusTest
@TestProfile(GuardedAccessTest.Guarded.class)
@WithTestResource(FakeNetwork.class)
@WithTestResource(GuardedSettings.class)
class PolicyApiTest {

    private static final String ADMIN = GuardedSettings.ADMIN_KEY;
    private static final String RECIPIENT = new Address("rns", PublicKey.fromHex("11".repeat(32))).toString();
    private static final String OTHER = new Address(
                    "rns", PublicKey.fromHex("f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"))
            .toString();
    private static final String TRANSFERS = "/wallets/faucet/transfers";

    @Inject
    ApprovalStore approvals;

    @BeforeEach
    void awaitTheNetwork() {
        Awaitility.await().until(() -> as(ADMIN).get("/status").path("ready"));
    }

    @AfterEach
    void lift() {
        policy("{}").statusCode(200);
    }

    @Test
    @Order(1)
    void shouldLimitATransferAndADayAndRecipients() {
        policy("{\"maxTransfer\":100,\"maxDay\":150,\"recipients\":[\"" + RECIPIENT + "\"]}")
                .statusCode(200);
        as(ADMIN)
                .get("/wallets/faucet/policy")
                .then()
                .body("maxDay", equalTo(150))
                .body("recipients", hasItem(RECIPIENT));

        problem(pay(ADMIN, RECIPIENT, 101, "a"), 422, "transfer-limit");
        problem(pay(ADMIN, OTHER, 1, "b"), 422, "recipient-not-allowed");
        pay(ADMIN, RECIPIENT, 100, "c").then().statusCode(202);
        problem(pay(ADMIN, RECIPIENT, 51, "d"), 422, "day-limit");
        pay(ADMIN, RECIPIENT, 50, "e").then().statusCode(202);
        pay(ADMIN, RECIPIENT, 100, "c").then().statusCode(202).header("Idempotency-Replayed", "true");
        problem(put("/wallets/faucet/policy", "{\"maxDay\":-1}"), 400, "malformed-request");
    }

    @Test
    void shouldLetAnotherPersonApproveWhatIsAboveTheThreshold() {
        policy("{\"approvalAbove\":1000}").statusCode(200);
        String spender = key("spender");
        String approver = key("approver");
        pay(spender, RECIPIENT, 1000, "small").then().statusCode(202).body("state", equalTo("requested"));

        String id = pay(spender, RECIPIENT, 1001, "large")
                .then()
                .statusCode(202)
                .body("state", equalTo("awaiting-approval"))
                .body("transfer.amount", equalTo(1001))
                .extract()
                .path("id");
        pay(spender, RECIPIENT, 1001, "large").then().statusCode(202).body("id", equalTo(id));
        problem(pay(spender, RECIPIENT, 1002, "large"), 422, "idempotency-key-reused");
        problem(as(spender).post("/approvals/" + id + "/approve"), 403, "role-missing");
        as(approver).get("/approvals").then().body("approvals.id", hasItem(id));

        String transfer = as(approver)
                .post("/approvals/" + id + "/approve")
                .then()
                .statusCode(200)
                .body("state", equalTo("approved"))
                .extract()
                .path("transferId");

        as(approver).get("/transfers/" + transfer).then().statusCode(200).body("amount", equalTo(1001));
        as(approver)
                .post("/approvals/" + id + "/approve")
                .then()
                .statusCode(200)
                .body("transferId", equalTo(transfer));
        problem(as(approver).post("/approvals/" + id + "/refuse"), 409, "decided");
        as(ADMIN).get("/audit").then().body("entries.action", hasItem("transfer-approved"));
    }

    @Test
    void shouldRefuseForEverAndNeverLetTheAskerDecide() {
        policy("{\"approvalAbove\":0}").statusCode(200);
        String approver = key("approver");
        String id = pay(ADMIN, RECIPIENT, 5, "mine")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        problem(as(ADMIN).post("/approvals/" + id + "/approve"), 403, "same-person");
        as(approver).post("/approvals/" + id + "/refuse").then().statusCode(200).body("decidedBy", notNullValue());

        problem(as(approver).post("/approvals/" + id + "/approve"), 409, "decided");
        pay(ADMIN, RECIPIENT, 5, "mine").then().statusCode(202).body("state", equalTo("refused"));
        problem(as(ADMIN).get("/approvals/nowhere"), 404, "unknown-approval");
    }

    @Test
    void shouldTakeAsManyRecipientsAsItPromises() {
        String thousand = String.join("\",\"", Collections.nCopies(Policy.MAX_RECIPIENTS, RECIPIENT));
        policy("{\"recipients\":[\"" + thousand + "\"]}").statusCode(200);
        problem(
                put("/wallets/faucet/policy", "{\"recipients\":[\"" + thousand + "\",\"" + OTHER + "\"]}"),
                400,
                "malformed-request");
    }

    @Test
    void shouldPayAnApprovalOnItsNetworkAlone() {
        String approver = key("approver");
        approvals.add(waiting("elsewhere", "00".repeat(32)), 0);

        problem(as(approver).post("/approvals/elsewhere/approve"), 409, "other-network");
        as(approver).post("/approvals/elsewhere/refuse").then().statusCode(200);
    }

    @Test
    void shouldLetGoOfWhatWasApprovedAndWhatIsNotWantedAnyMore() {
        policy("{\"approvalAbove\":0}").statusCode(200);
        String spender = key("spender");
        String approver = key("approver");
        String stuck = pay(spender, RECIPIENT, 5, "stuck").path("id");
        approvals.approve(stuck, "key:somebody", 1);
        String unwanted = pay(spender, RECIPIENT, 5, "unwanted").path("id");

        as(approver).get("/approvals").then().body("approvals.id", hasItem(stuck));
        as(approver).post("/approvals/" + stuck + "/refuse").then().statusCode(200);
        problem(as(approver).post("/approvals/" + stuck + "/approve"), 409, "decided");
        problem(as(key("spender", "another")).post("/approvals/" + unwanted + "/withdraw"), 403, "other-person");
        as(spender)
                .post("/approvals/" + unwanted + "/withdraw")
                .then()
                .statusCode(200)
                .body("state", equalTo("refused"));
        problem(as(spender).post("/approvals/" + unwanted + "/withdraw"), 409, "decided");
        as(ADMIN).get("/audit").then().body("entries.action", hasItem("transfer-withdrawn"));
    }

    @Test
    void shouldApproveNothingThatWasAskedForLongAgo() {
        String approver = key("approver");
        String network = as(ADMIN).get("/status").path("network.hash");
        approvals.add(waiting("old", network), 0);

        problem(as(approver).post("/approvals/old/approve"), 409, "approval-expired");
    }

    /** The wallet that the backup is of may have paid it. */
    @Test
    void shouldPayWhatABackupBroughtOnlyWhenToldThatItIsUnpaid() {
        String approver = key("approver");
        String network = as(ADMIN).get("/status").path("network.hash");
        approvals.add(waiting("restored", network, System.currentTimeMillis(), true), 0);

        as(approver).get("/approvals").then().body("approvals.find { it.id == 'restored' }.restored", equalTo(true));
        problem(as(approver).post("/approvals/restored/approve"), 409, "approval-restored");
        as(approver)
                .post("/approvals/restored/approve?unpaid=true")
                .then()
                .statusCode(200)
                .body("transferId", notNullValue());
    }

    private static Approval waiting(String id, String network) {
        return waiting(id, network, 1, false);
    }

    private static Approval waiting(String id, String network, long createdAtMillis, boolean restored) {
        return new Approval(
                id,
                network,
                "faucet",
                "{\"recipient\":\"" + RECIPIENT + "\",\"amount\":1}",
                null,
                "00".repeat(32),
                Approval.WAITING,
                "key:somebody",
                createdAtMillis,
                null,
                null,
                null,
                restored);
    }

    @Test
    void shouldAnswerARepeatedRequestThoughThePolicyWantsApprovalByThen() {
        String first = pay(ADMIN, RECIPIENT, 7, "before")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        policy("{\"approvalAbove\":0}").statusCode(200);

        pay(ADMIN, RECIPIENT, 7, "before").then().statusCode(202).body("id", equalTo(first));
    }

    @Test
    void shouldLetNoOtherWayLeadAroundTheApproval() {
        policy("{\"approvalAbove\":0}").statusCode(200);

        problem(
                as(ADMIN)
                        .contentType(ContentType.JSON)
                        .body("{\"address\":\"" + RECIPIENT + "\",\"amount\":1}")
                        .post("/faucet"),
                422,
                "approval-needed");
    }

    @Test
    @Order(2)
    void shouldHoldAPayoutAgainstThePolicyLineByLine() {
        policy("{\"maxTransfer\":100,\"maxDay\":400}").statusCode(200);
        String reader = key("reader");
        String spender = key("spender");

        problem(payout(reader, "p1", 1), 403, "role-missing");
        problem(payout(spender, "p1", 101), 422, "transfer-limit");
        payout(spender, "p1", 100).then().statusCode(202);
        payout(spender, "p1", 100).then().statusCode(202).header("Idempotency-Replayed", "true");
        problem(payout(spender, "p2", 101), 422, "transfer-limit");
        payout(spender, "p3", 90).then().statusCode(202);
        problem(payout(spender, "p4", 90), 422, "day-limit");
        policy("{\"approvalAbove\":10}").statusCode(200);
        problem(payout(spender, "p5", 11), 422, "approval-needed");
    }

    @Test
    @Order(3)
    void shouldHoldARaisedFeeAgainstThePolicyAndLetASpenderAloneChange() {
        policy("{\"maxTransfer\":100,\"maxDay\":1000}").statusCode(200);
        String spender = key("spender");
        String id = pay(spender, RECIPIENT, 50, "raised")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Awaitility.await()
                .until(() ->
                        "submitted".equals(as(ADMIN).get("/transfers/" + id).path("state")));

        problem(raise(key("reader"), id, 20), 403, "role-missing");
        problem(as(key("approver")).post(TRANSFERS + "/" + id + "/cancel"), 403, "role-missing");
        problem(raise(spender, id, 51), 422, "transfer-limit");
        policy("{\"approvalAbove\":60}").statusCode(200);
        problem(raise(spender, id, 11), 422, "approval-needed");
        policy("{\"maxDay\":1}").statusCode(200);
        problem(raise(spender, id, 20), 422, "day-limit");
        policy("{\"maxTransfer\":100,\"maxDay\":1000}").statusCode(200);

        raise(spender, id, 20).then().statusCode(202).body("offeredFee", equalTo(20));
        as(ADMIN).get("/transfers/" + id).then().body("history.actor", hasItem("key:spender of this test"));
        as(spender)
                .post(TRANSFERS + "/" + id + "/cancel")
                .then()
                .statusCode(202)
                .body("cancelling", equalTo(true));
    }

    private static Response raise(String key, String transfer, long fee) {
        return as(key).contentType(ContentType.JSON)
                .body("{\"fee\":" + fee + "}")
                .post(TRANSFERS + "/" + transfer + "/fee");
    }

    /** Two lines, of which the second pays one mon. */
    private static Response payout(String key, String name, long mon) {
        return as(key).contentType("text/csv")
                .header("Idempotency-Key", name)
                .body("recipient,amount,fee\n" + RECIPIENT + "," + mon + ",0\n" + RECIPIENT + ",1,0\n")
                .post("/wallets/faucet/payouts");
    }

    private static io.restassured.specification.RequestSpecification as(String key) {
        return given().header("X-Rensa-Api-Key", key);
    }

    private static Response pay(String key, String recipient, long mon, String name) {
        return as(key).contentType(ContentType.JSON)
                .header("Idempotency-Key", name)
                .body("{\"recipient\":\"" + recipient + "\",\"amount\":" + mon + "}")
                .post(TRANSFERS);
    }

    private static Response put(String path, String body) {
        return as(ADMIN).contentType(ContentType.JSON).body(body).put(path);
    }

    private static ValidatableResponse policy(String body) {
        return put("/wallets/faucet/policy", body).then();
    }

    private static String key(String role) {
        return key(role, role + " of this test");
    }

    private static String key(String role, String name) {
        return as(ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}")
                .post("/keys")
                .path("secret");
    }

    private static void problem(Response answer, int status, String code) {
        answer.then().statusCode(status).contentType("application/problem+json").body("code", equalTo(code));
    }
}
