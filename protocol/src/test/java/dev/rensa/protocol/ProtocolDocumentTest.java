package dev.rensa.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rensa.protocol.address.Address;
import dev.rensa.protocol.block.Block;
import dev.rensa.protocol.block.BlockHeader;
import dev.rensa.protocol.crypto.PrivateKey;
import dev.rensa.protocol.genesis.DevelopmentGenesis;
import dev.rensa.protocol.genesis.Genesis;
import dev.rensa.protocol.transaction.Transaction;
import dev.rensa.protocol.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the worked examples out of docs/protocol.md and checks them against the code, to the byte. */
class ProtocolDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");
    private static final Genesis GENESIS = DevelopmentGenesis.get();

    @Test
    void shouldShowATransactionThatTheCodeReadsTheSameWay() throws IOException {
        Map<String, String> fields = example("transaction");
        Map<String, String> facts = example("transaction-facts");

        Transaction transaction = Transaction.decode(join(fields));

        assertThat(transaction.id().toHex()).isEqualTo(facts.get("id"));
        assertThat(transaction.sender().toHex()).isEqualTo(fields.get("sender"));
        assertThat(transaction.recipient().toHex()).isEqualTo(fields.get("recipient"));
        assertThat(transaction.amount().toCoins()).isEqualTo("1");
        assertThat(transaction.fee().mon()).isEqualTo(1000);
        assertThat(transaction.validUntil()).isEqualTo(120);
        assertThat(transaction.memo()).isEqualTo("連鎖");
        assertThat(transaction.networkId()).isEqualTo(Genesis.networkId(GENESIS.networkHash()));
        assertThat(transaction.isSignedFor(GENESIS.networkHash())).isTrue();
        assertThat(new Address("rns", transaction.sender())).hasToString(facts.get("senderAddress"));
        assertThat(new Address("rns", transaction.recipient())).hasToString(facts.get("recipientAddress"));
    }

    @Test
    void shouldShowATransactionThatTheCodeSignsTheSameWay() throws IOException {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 1);
        Transaction shown = Transaction.decode(join(example("transaction")));

        Transaction signed = shown.body().sign(PrivateKey.of(secret), GENESIS.networkHash(), new byte[32]);

        assertThat(signed).isEqualTo(shown);
    }

    @Test
    void shouldShowAHeaderThatTheCodeReadsTheSameWay() throws IOException {
        Map<String, String> facts = example("header-facts");
        Transaction transaction = Transaction.decode(join(example("transaction")));

        BlockHeader header = BlockHeader.decode(join(example("header")));

        assertThat(header.hash().toHex()).isEqualTo(facts.get("hash"));
        assertThat(header.parent()).isEqualTo(GENESIS.networkHash());
        assertThat(header.transactionsRoot()).isEqualTo(Block.transactionsRoot(List.of(transaction)));
        assertThat(header.target().target().toString(16))
                .isEqualTo(facts.get("target").replaceFirst("^0+", ""));
        assertThat(header.target().isMetBy(header.hash())).isTrue();
        assertThat(Work.ofTarget(header.target()).value()).hasToString(facts.get("work"));
    }

    @Test
    void shouldNameTheDevelopmentNetwork() throws IOException {
        Map<String, String> facts = example("genesis-facts");

        assertThat(HexFormat.of().formatHex(GENESIS.toBytes())).isEqualTo(facts.get("bytes"));
        assertThat(GENESIS.hash().toHex()).isEqualTo(facts.get("hash"));
        assertThat(GENESIS.networkHash().toHex()).isEqualTo(facts.get("networkHash"));
        assertThat(HexFormat.of().toHexDigits(Genesis.networkId(GENESIS.networkHash())))
                .isEqualTo(facts.get("networkId"));
    }

    private static byte[] join(Map<String, String> fields) {
        return HexFormat.of().parseHex(String.join("", fields.values()));
    }

    /** The lines {@code name value} of the code block with that name. */
    private static Map<String, String> example(String name) throws IOException {
        Matcher block =
                Pattern.compile("```" + name + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).as("%s has a block ```%s", DOCUMENT, name).isTrue();
        Map<String, String> lines = new LinkedHashMap<>();
        block.group(1).lines().forEach(line -> {
            int gap = line.indexOf(' ');
            lines.put(line.substring(0, gap), line.substring(gap).strip());
        });
        return lines;
    }
}
