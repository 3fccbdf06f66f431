package dev.rensa.node.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.rensa.protocol.api.NodeApi;
import dev.rensa.protocol.api.Problem;
import dev.rensa.protocol.transaction.Transaction;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the tests of the API say to the node again and again. */
final class ApiClient {

    private ApiClient() {}

    static ValidatableResponse get(String path) {
        return given().get(path).then();
    }

    static ValidatableResponse submit(Transaction transaction) {
        return given().contentType(NodeApi.PACKED)
                .body(transaction.toBytes())
                .post("/transactions")
                .then();
    }

    static ValidatableResponse submitJson(Object body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/transactions")
                .then();
    }

    static ValidatableResponse mine(int blocks) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("blocks", blocks))
                .post("/mine")
                .then()
                .statusCode(200);
    }

    /** A transaction's fields as JSON; the map may be changed. */
    static Map<String, Object> fields(Transaction transaction) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("networkId", HexFormat.of().toHexDigits(transaction.networkId()));
        fields.put("sender", TestNetwork.address(transaction.sender()));
        fields.put("nonce", transaction.nonce());
        fields.put("recipient", TestNetwork.address(transaction.recipient()));
        fields.put("amount", transaction.amount().mon());
        fields.put("fee", transaction.fee().mon());
        fields.put("validUntil", transaction.validUntil());
        fields.put("memo", transaction.memo());
        fields.put("signature", HexFormat.of().formatHex(transaction.signature().toBytes()));
        return fields;
    }

    /** Asserts that the answer is a whole problem document. */
    static ValidatableResponse expectProblem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", is(status))
                .body("code", equalTo(code))
                .body("type", equalTo("urn:rensa:problem:" + code))
                .body("title", not(emptyOrNullString()))
                .body("detail", not(emptyOrNullString()));
    }
}
