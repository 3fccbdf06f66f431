package dev.rensa.protocol.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.BlockHash;
import dev.rensa.protocol.crypto.Hash;
import dev.rensa.protocol.crypto.PublicKey;
import dev.rensa.protocol.work.CompactTarget;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountProofViewTest {
    private static final long INTERVAL = 100;
    private static final PublicKey KEY = PublicKey.fromHex("5".repeat(64));
    private static final Address ASKED = new Address("rns", KEY);
    private static final BlockHeader TRUSTED = new BlockHeader(
            2 * INTERVAL,
            BlockHash.of(new byte[32]),
            Hash.ZERO,
            Hash.fromHex("7".repeat(64)),
            1,
            CompactTarget.fromHex("207fffff"),
            KEY,
            0);

    @Test
    void shouldAnswerWithNothingWhatLeavesSomethingOut() throws JsonProcessingException {
        String header = HexFormat.of().formatHex(TRUSTED.toBytes());
        String known = "\"address\":\"" + ASKED + "\",\"height\":" + INTERVAL + ",\"header\":\"" + header + "\"";
        String path = "\"statePath\":[]";
        List<String> answers = List.of(
                "{}",
                "{\"address\":\"" + ASKED + "\",\"height\":" + INTERVAL + "}",
                "{\"header\":\"" + header + "\",\"height\":" + INTERVAL + "}",
                "{" + known + "}",
                "{" + known + "," + path + "}",
                "{" + known + ",\"bucket\":[]}",
                "{" + known + ",\"bucket\":[],\"statePath\":[null]}",
                "{" + known + ",\"bucket\":[null]," + path + "}",
                "{" + known + ",\"index\":0,\"bucketSize\":1,\"bucketPath\":[null]," + path + "}");

        for (String answer : answers) {
            AccountProofView view = new JsonMapper().readValue(answer, AccountProofView.class);

            assertThat(view.verify(ASKED, TRUSTED, INTERVAL)).as(answer).isEmpty();
        }
    }
}
