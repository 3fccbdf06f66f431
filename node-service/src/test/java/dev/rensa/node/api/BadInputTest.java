package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.expectProblem;
import static dev.rensa.node.api.ApiClient.get;
import static dev.rensa.node.api.ApiClient.mine;
import static dev.rensa.node.api.ApiClient.submit;
import static dev.rensa.node.api.ApiClient.submitJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.rensa.node.peer.PeerNode;
import dev.rensa.protocol.transaction.Transaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a problem document that says what. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class BadInputTest {
    private static final int LARGEST_BODY = 16 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "\"text\"", "{\"raw\":\"00\"} x", "{\"raw\":\"zz\"}", "null", "{\"raw\":{}}"})
    void shouldRefuseABodyThatIsNoTransaction(String body) {
        ValidatableResponse response = submitJson(body);

        response.statusCode(400).contentType("application/problem+json");
    }

    @Test
    void shouldSayWhereJsonIsMalformed() {
        expectProblem(submitJson("{\"sender\": }"), 400, "malformed-request")
                .body("detail", containsString("line 1, column"));
    }

    @Test
    void shouldRefuseAnUnknownField() {
        expectProblem(with("gas", 1), 400, "malformed-request").body("detail", containsString("`gas`"));
    }

    @Test
    void shouldNameAMissingField() {
        Map<String, Object> fields = valid();
        fields.remove("recipient");

        expectProblem(submitJson(fields), 400, "malformed-request").body("detail", containsString("`recipient`"));
    }

    @Test
    void shouldSayWhatIsWrongWithAnAddress() {
        String address = TestNetwork.address(30);
        char last = address.charAt(address.length() - 1);
        String mistyped = address.substring(0, address.length() - 1) + (last == 'q' ? 'p' : 'q');

        expectProblem(with("recipient", mistyped), 400, "invalid-address").body("detail", containsString("checksum"));
        expectProblem(with("recipient", "abc" + address.substring(3)), 400, "invalid-address")
                .body("detail", containsString("network `abc`"));
        expectProblem(get("/accounts/" + mistyped), 400, "invalid-address");
        expectProblem(get("/accounts/nobody"), 400, "invalid-address");
    }

    @Test
    void shouldRefuseAmountsThatAreNone() {
        expectProblem(with("amount", 0), 400, "amount-not-positive");
        expectProblem(with("amount", -5), 400, "amount-not-positive");
        expectProblem(with("amount", 1.5), 400, "malformed-request").body("detail", containsString("`amount`"));
        expectProblem(with("amount", "5"), 400, "malformed-request");
        expectProblem(with("amount", new BigInteger("9223372036854775808")), 400, "amount-out-of-range");
        expectProblem(with("amount", Long.MAX_VALUE), 400, "amount-out-of-range");
        expectProblem(with("fee", -1), 400, "amount-out-of-range");
    }

    @Test
    void shouldRefuseOtherFieldsOutOfRange() {
        expectProblem(with("nonce", -1), 400, "malformed-request");
        expectProblem(with("validUntil", -1), 400, "malformed-request");
        expectProblem(with("networkId", "xyz"), 400, "malformed-request");
        expectProblem(with("signature", "00"), 400, "malformed-request");
        expectProblem(with("memo", "x".repeat(257)), 400, "memo-too-long");
        expectProblem(with("raw", "00"), 400, "malformed-request");
    }

    @Test
    void shouldRefuseASpentNonceAndOneFarAhead() {
        submit(TestNetwork.transfer(20, 0, 1, 10)).statusCode(200);
        mine(1);

        expectProblem(submit(TestNetwork.transfer(20, 0, 2, 10)), 409, "nonce-too-low")
                .body("detail", containsString("next nonce is 1"));
        expectProblem(submit(TestNetwork.transfer(20, 52, 1, 10)), 429, "nonce-too-far-ahead")
                .body("detail", containsString("rensa.mempool.max-nonce-gap"));
    }

    @Test
    void shouldRefuseAFeeBelowTheMinimum() {
        expectProblem(submit(TestNetwork.transfer(21, 0, 1, 4)), 422, "fee-below-minimum")
                .body("detail", containsString("at least 5 mon"));
    }

    @Test
    void shouldRefuseAnUnfundedSender() {
        expectProblem(submit(TestNetwork.transfer(500, 0, 1, 10)), 422, "insufficient-funds")
                .body("detail", containsString("need 11 mon"));
    }

    @Test
    void shouldRefuseAReplacementThatPaysTooLittle() {
        submit(TestNetwork.transfer(22, 0, 1, 100)).statusCode(200);

        expectProblem(submit(TestNetwork.transfer(22, 0, 2, 105)), 409, "replacement-fee-too-low")
                .body("detail", containsString("at least 110 mon"));
    }

    @Test
    void shouldRefuseAnotherNetwork() {
        expectProblem(with("networkId", "deadbeef"), 422, "wrong-network").body("detail", containsString("deadbeef"));
    }

    @Test
    void shouldRefuseWhatExpired() {
        mine(2);

        expectProblem(submit(TestNetwork.transfer(23, 0, 1, 10, 1)), 422, "expired");
    }

    @Test
    void shouldRefuseASignatureOfSomebodyElse() {
        Map<String, Object> fields = valid();
        fields.put("amount", 2);

        expectProblem(submitJson(fields), 422, "invalid-signature");
    }

    @Test
    void shouldRefuseABodyOverTheLimit() {
        expectProblem(submitJson("{\"memo\":\"" + "x".repeat(20_000) + "\"}"), 413, "body-too-large");
    }

    /** A body in chunks does not say beforehand how long it is. */
    @ParameterizedTest
    @CsvSource({
        "/transactions, application/json, 40000",
        "/transactions, application/octet-stream, 40000",
        "/transactions/batch, application/octet-stream, 17000000"
    })
    void shouldRefuseABodyThatGrowsBeyondTheLimit(String path, String type, int bytes) throws IOException {
        String head = String.join(
                "\r\n",
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "Transfer-Encoding: chunked",
                "Content-Type: " + type,
                "",
                "");
        byte[] chunk = ("2710\r\n" + "x".repeat(10_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "9\r\n{\"memo\":\"\r\n").getBytes(StandardCharsets.US_ASCII));
            try {
                for (int sent = 0; sent < bytes; sent += 10_000) {
                    out.write(chunk);
                }
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The node need not read to the end what it refuses.
            }
            String response = readHead(socket.getInputStream());

            assertThat(response).startsWith("HTTP/1.1 413").contains("application/problem+json", "body-too-large");
        }
    }

    /** What comes until the body's end, or until the connection breaks. */
    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b != -1; b = in.read()) {
                read.write(b);
                if (b == '}') {
                    break;
                }
            }
        } catch (SocketException e) {
            // What was read until then counts.
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** By hand, since a client that is refused while it still sends may miss the answer. */
    @Test
    void shouldRefuseABatchThatDeclaresItselfTooLarge() throws IOException {
        String request = String.join(
                "\r\n",
                "POST /transactions/batch HTTP/1.1",
                "Host: localhost",
                "Content-Length: 17825792",
                "Content-Type: application/octet-stream",
                "Connection: close",
                "",
                "");

        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(response).startsWith("HTTP/1.1 413").contains("application/problem+json", "body-too-large");
        }
    }

    /** Two of the largest bodies at once are all that there is memory for; who hangs up frees it. */
    @Test
    void shouldBoundTheBodiesOfAllRequestsTogether() throws IOException {
        byte[] transfer = TestNetwork.transfer(25, 0, 1, 10).toBytes();
        try (Socket first = largestBatchBegun();
                Socket second = largestBatchBegun()) {
            sendMost(first);
            sendMost(second);
            PeerNode.await(
                    "a third body to find no room",
                    () -> statusOfFurtherLargestBatch().equals("HTTP/1.1 503"));
            submitPacked(transfer).statusCode(200);
        }
        PeerNode.await(
                "room once they hung up", () -> statusOfFurtherLargestBatch().isEmpty());
    }

    @Test
    void shouldNotLetBodiesThatDoNotComeKeepOthersOut() throws IOException {
        byte[] transfer = TestNetwork.transfer(25, 0, 1, 10).toBytes();
        byte[][] batch = new byte[1_000][];
        Arrays.fill(batch, transfer);
        try (Socket first = largestBatchBegun();
                Socket second = largestBatchBegun();
                Socket third = largestBatchBegun()) {
            submitPacked(batch).statusCode(200);

            assertThat(List.of(first, second, third)).allMatch(Socket::isConnected);
        }
    }

    private static Socket largestBatchBegun() throws IOException {
        String head = String.join(
                "\r\n",
                "POST /transactions/batch HTTP/1.1",
                "Host: localhost",
                "Content-Length: " + LARGEST_BODY,
                "Content-Type: application/octet-stream",
                "",
                "");
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(500);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void sendMost(Socket socket) throws IOException {
        socket.getOutputStream().write(new byte[LARGEST_BODY - 1]);
    }

    /** The answer's first bytes; none where the node waits for the body. */
    private static String statusOfFurtherLargestBatch() {
        try (Socket socket = largestBatchBegun()) {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldRefuseABadTransactionOfABatchForItself() {
        byte[] first = TestNetwork.transfer(24, 0, 1, 10).toBytes();
        byte[] malformed = TestNetwork.transfer(24, 1, 1, 10).toBytes();
        Arrays.fill(malformed, 77, 85, (byte) 0);
        byte[] last = TestNetwork.transfer(24, 1, 1, 10).toBytes();

        submitPacked(first, malformed, last)
                .statusCode(200)
                .body("accepted", is(2))
                .body("rejections.index", contains(1))
                .body("rejections.code", contains("amount-not-positive"));
    }

    @Test
    void shouldReadABatchUpToWhatDoesNotTellWhereItEnds() {
        Transaction good = TestNetwork.transfer(27, 0, 1, 10);

        submitPacked(good.toBytes(), new byte[10])
                .statusCode(200)
                .body("accepted", is(1))
                .body("rejections.index", contains(1))
                .body("rejections.code", contains("unknown-version"))
                .body("rejections[0].detail", containsString("nothing from here on was read"));
        get("/transactions/" + good.id()).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/blocks/99999999, 404, not-found",
        "/blocks/0000000000000000000000000000000000000000000000000000000000000000, 404, not-found",
        "/blocks/top, 400, malformed-request",
        "/blocks/-1, 400, malformed-request",
        "/blocks/99999999/raw, 404, not-found",
        "/transactions/0000000000000000000000000000000000000000000000000000000000000000, 404, not-found",
        "/transactions/0000000000000000000000000000000000000000000000000000000000000000/proof, 404, not-found",
        "/transactions/12, 400, malformed-request",
        "/chain?limit=0, 400, malformed-request",
        "/chain?limit=101, 400, malformed-request",
        "/chain?limit=ten, 400, malformed-request",
        "/chain?from=-1, 400, malformed-request",
        "/chain?from=1.5, 400, malformed-request",
        "/mempool?limit=1001, 400, malformed-request",
        "/mempool?order=size, 400, malformed-request",
        "/mempool?state=mined, 400, malformed-request",
        "/mempool?sender=nobody, 400, invalid-address",
        "/mempool?after=x, 400, malformed-request",
        "/mempool?after=1-9999999999999999999, 400, malformed-request",
        "/headers?limit=2001, 400, malformed-request",
        "/headers?from=-1, 400, malformed-request",
        "/explain/transactions/12, 400, malformed-request",
        "/peers?limit=0, 400, malformed-request",
        "/peers?limit=1001, 400, malformed-request",
        "/peers?offset=-1, 400, malformed-request",
        "/nothing/here, 404, not-found"
    })
    void shouldAnswerABadPathWithAProblem(String path, int status, String code) {
        expectProblem(get(path), status, code);
    }

    @Test
    void shouldSayThatAnUnminedTransactionHasNoProof() {
        Transaction waiting = TestNetwork.transfer(25, 1, 1, 10);
        submit(waiting).statusCode(200);

        expectProblem(get("/transactions/" + waiting.id() + "/proof"), 404, "not-found")
                .body("detail", containsString("not mined yet"));
    }

    @Test
    void shouldRefuseWhatHttpRefuses() {
        expectProblem(given().delete("/status").then(), 405, "method-not-allowed");
        expectProblem(
                given().contentType("text/plain")
                        .body("x")
                        .post("/transactions")
                        .then(),
                415,
                "unsupported-media-type");
        expectProblem(given().accept("text/html").get("/status").then(), 406, "not-acceptable");
    }

    @Test
    void shouldRefuseToMineWhatIsNotANumberOfBlocks() {
        for (Object blocks : new Object[] {0, 1_001, -1, "two", 1.5}) {
            expectProblem(
                    given().contentType(ContentType.JSON)
                            .body(Map.of("blocks", blocks))
                            .post("/mine")
                            .then(),
                    400,
                    "malformed-request");
        }
        expectProblem(
                given().contentType(ContentType.JSON)
                        .body(Map.of("miner", "nobody"))
                        .post("/mine")
                        .then(),
                400,
                "invalid-address");
    }

    /** A page whose own name was made to point to this machine sends a Host and an Origin that fit together. */
    @Test
    void shouldRefuseWhatAWebPageSends() {
        expectProblem(
                given().header("Origin", "https://evil.example")
                        .post("/mining/stop")
                        .then(),
                403,
                "foreign-origin");
        expectProblem(
                given().header("Host", "evil.example:80")
                        .header("Origin", "http://evil.example:80")
                        .contentType(ContentType.JSON)
                        .body(Map.of("blocks", 1))
                        .post("/mine")
                        .then(),
                403,
                "foreign-origin");
        expectProblem(
                given().header("Origin", "https://evil.example")
                        .contentType(ContentType.JSON)
                        .body(valid())
                        .post("/transactions")
                        .then(),
                403,
                "foreign-origin");
        expectProblem(given().header("Host", "evil.example:80").get("/peers").then(), 403, "foreign-origin");
        given().header("Origin", "https://evil.example")
                .get("/peers")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For, 192.0.2.1", "Forwarded, for=192.0.2.1", "Via, 1.1 proxy", "X-Envoy-Attempt-Count, 1"})
    void shouldObeyNobodyThroughAProxyOnItsMachine(String header, String value) {
        for (String path : List.of("/mine", "/mining/stop")) {
            expectProblem(
                    given().header(header, value)
                            .contentType(ContentType.JSON)
                            .post(path)
                            .then(),
                    403,
                    "admin-key-required");
        }
    }

    @Test
    void shouldSayThatTheMinerWorksByHandAlone() {
        expectProblem(given().post("/mining/start").then(), 409, "not-mining-mode");
    }

    @Test
    void shouldSayThatThereIsNoLab() {
        expectProblem(given().delete("/lab/links").then(), 409, "lab-off");
        given().get("/lab").then().statusCode(200).body("enabled", is(false));
        given().get("/status").then().body("lab", is(false));
    }

    private static ValidatableResponse submitPacked(byte[]... transactions) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (byte[] transaction : transactions) {
            packed.writeBytes(transaction);
        }
        return given().contentType("application/octet-stream")
                .body(packed.toByteArray())
                .post("/transactions/batch")
                .then();
    }

    private static Map<String, Object> valid() {
        return ApiClient.fields(TestNetwork.transfer(26, 0, 1, 10));
    }

    private static ValidatableResponse with(String field, Object value) {
        Map<String, Object> fields = valid();
        fields.put(field, value);
        return submitJson(fields);
    }
}
