package dev.rensa.node.api;

import static dev.rensa.node.api.ApiClient.get;
import static dev.rensa.node.api.ApiClient.mine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.api.AccountProofView;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.crypto.Sha256;
import dev.rensa.protocol.money.Amount;
import dev.rensa.protocol.state.AccountState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node says of an account, held against a header alone. */
@QuarkusTest
@QuarkusTestResource(TestNetwork.class)
class AccountProofApiTest {

    private static final long INTERVAL = TestNetwork.GENESIS.checkpointInterval();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldProveAnAccountFromAHeaderAlone() {
        mine(100);
        String answer = proofOf(TestNetwork.key(39).publicKey());

        Optional<AccountState> proved = verify(answer, TestNetwork.key(39).publicKey());

        assertThat(proved)
                .contains(new AccountState(TestNetwork.key(39).publicKey(), Amount.ofMon(TestNetwork.FUNDS), 0));
        assertFailsWhereverItIsTouched(answer, TestNetwork.key(39).publicKey());
    }

    @Test
    void shouldProveThatAnAccountDoesNotExist() {
        mine(100);
        // In the bucket of an account that exists, so that there is something to tamper with.
        byte[] key = TestNetwork.key(38).publicKey().toBytes();
        key[31] ^= 1;
        PublicKey nobody = PublicKey.of(key);
        String answer = proofOf(nobody);

        assertThat(verify(answer, nobody)).contains(AccountState.absent(nobody));
        assertFailsWhereverItIsTouched(answer, nobody);
    }

    @Test
    void shouldRefuseTheProofOfSomethingElse() {
        mine(100);
        String answer = proofOf(TestNetwork.key(37).publicKey());
        PublicKey other = PublicKey.of(Sha256.hash("other".getBytes(StandardCharsets.UTF_8)));

        assertThat(verify(answer, other)).isEmpty();
        ApiClient.expectProblem(get("/accounts/nonsense/proof"), 400, "invalid-address");
    }

    private static void assertFailsWhereverItIsTouched(String answer, PublicKey key) {
        List<String> touched = new ArrayList<>();
        ObjectNode whole = read(answer);
        for (String field : whole.properties().stream().map(e -> e.getKey()).toList()) {
            if (whole.get(field).isNull()) {
                continue;
            }
            ObjectNode changed = read(answer);
            touch(changed, field);
            touched.add(field);
            assertThat(verifyAgainst(changed.toString(), header(answer), key))
                    .as(field)
                    .isEmpty();
        }
        assertThat(touched).contains("address", "balance", "nextNonce", "height", "header", "statePath");
    }

    private static void touch(ObjectNode node, String field) {
        JsonNode value = node.get(field);
        if (value.isNumber()) {
            node.put(field, value.asLong() + 1);
        } else if (value instanceof ArrayNode list && list.isEmpty()) {
            list.add("00".repeat(32));
        } else if (value instanceof ArrayNode list) {
            list.set(
                    list.size() - 1,
                    JSON.getNodeFactory()
                            .textNode(flip(list.get(list.size() - 1).asText())));
        } else {
            node.put(field, flip(value.asText()));
        }
    }

    private static String flip(String text) {
        char last = text.charAt(text.length() - 1);
        return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
    }

    private static String proofOf(PublicKey key) {
        return get("/accounts/" + TestNetwork.address(key) + "/proof")
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Optional<AccountState> verify(String answer, PublicKey key) {
        BlockHeader header = header(answer);
        // What a light client has: the header as some other source tells it, by its height.
        String hash = get("/blocks/" + header.height()).extract().path("hash");
        assertThat(header.hash().toHex()).isEqualTo(hash);
        return verifyAgainst(answer, header, key);
    }

    private static Optional<AccountState> verifyAgainst(String answer, BlockHeader trusted, PublicKey key) {
        try {
            return JSON.readValue(answer, AccountProofView.class)
                    .verify(new Address(TestNetwork.GENESIS.addressPrefix(), key), trusted, INTERVAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BlockHeader header(String answer) {
        return BlockHeader.decode(
                HexFormat.of().parseHex(read(answer).get("header").asText()));
    }

    private static ObjectNode read(String answer) {
        try {
            return (ObjectNode) JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
