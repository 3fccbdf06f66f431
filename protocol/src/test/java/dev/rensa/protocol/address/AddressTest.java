package dev.rensa.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.VectorFile;
import dev.rensa.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AddressTest {

    private static final PublicKey KEY =
            PublicKey.fromHex("f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9");
    private static final String TEXT = "rns1plycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87n";

    /** A witness program of version 1 and 32 bytes, in front of which Bitcoin's script puts these two bytes. */
    private static final String OUR_KIND = "5120";

    @Test
    void shouldWriteAnAccountInOneWayOnly() {
        Address address = new Address("rns", KEY);

        assertThat(address.toString()).isEqualTo(TEXT);
        assertThat(Address.parse(TEXT, "rns")).isEqualTo(address);
        assertThat(Address.parse(TEXT.toUpperCase(Locale.ROOT), "rns")).isEqualTo(address);
    }

    @Test
    void shouldReadTheAddressesOfBip350ThatAreOfOurVersionAndLengthAndNoOthers() {
        List<String> read = new ArrayList<>();

        for (String line : VectorFile.lines("bip-0350/address-valid.txt")) {
            List<String> columns = List.of(line.split("\\|", 2));
            String text = columns.get(0);
            String script = columns.get(1);
            String prefix = text.substring(0, 2).toLowerCase(Locale.ROOT);
            if (script.startsWith(OUR_KIND)) {
                Address address = Address.parse(text, prefix);

                assertThat(address.key().toHex()).isEqualTo(script.substring(OUR_KIND.length()));
                assertThat(address.toString()).isEqualTo(text.toLowerCase(Locale.ROOT));
                read.add(text);
            } else {
                assertThatThrownBy(() -> Address.parse(text, prefix)).isInstanceOf(InvalidAddressException.class);
            }
        }
        assertThat(read).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldRefuseTheInvalidAddressesOfBip350(String text) {
        assertThatThrownBy(() -> Address.parse(text, "bc")).isInstanceOf(InvalidAddressException.class);
        assertThatThrownBy(() -> Address.parse(text, "tb")).isInstanceOf(InvalidAddressException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rns1plycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87q | the checksum does not match; a character is mistyped
            rns1plycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87N | the text mixes upper and lower case; an address is written in one of them
            rns1plycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87  | an address of this network has 63 characters, this text has 62
            rns1plycb5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87n | character 9 is `b`, which no address contains behind its prefix
            rns1plycg5qvjtrp3qjf51fzl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87n | character 22 is `1`, which no address contains behind its prefix
            rns1plycg5qvjtrp3 qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87 | character 18 is U+0020, which no address contains
            rns1plycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmuspéf87n | character 59 is U+00E9, which no address contains
            bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0  | this address is of network `bc`, this network's addresses begin with `rns1p`
            rnsplycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87n  | the text has no separator `1` behind a network's prefix
            1plycg5qvjtrp3qjf5f7zl382j9x6nrjz9sdhenvyxq8c3808qxmusp8f87n    | the text has no prefix before the separator `1`
            rns1                                                            | an address of this network has 63 characters, this text has 4
            ''                                                              | the address is empty
            """)
    void shouldSayWhatIsWrong(String text, String sentence) {
        assertThatThrownBy(() -> Address.parse(text, "rns"))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldSayThatAnAddressIsOfAnotherVersion() {
        byte[] symbols = new byte[53];
        symbols[0] = 2;
        String text = Bech32m.encode("rns", symbols);

        assertThatThrownBy(() -> Address.parse(text, "rns"))
                .hasMessage("the address is of version 2, this network knows version 1 only");
    }

    @Test
    void shouldRefuseTheFifteenOtherSpellingsOfAnAccount() {
        for (byte padding = 1; padding < 16; padding++) {
            byte[] symbols = new byte[53];
            symbols[0] = 1;
            symbols[52] = padding;
            String text = Bech32m.encode("rns", symbols);

            assertThatThrownBy(() -> Address.parse(text, "rns"))
                    .hasMessage("the last four bits before the checksum must be zero");
        }
    }

    @Test
    void shouldNotScanATextOfAnyLength() {
        String text = "q".repeat(1_000_000);

        assertThatThrownBy(() -> Address.parse(text, "rns"))
                .hasMessage("the text has 1000000 characters; an address has at most 90");
    }

    @Test
    void shouldRefusePrefixesThatCouldNotBeReadBack() {
        assertThat(Address.parse(new Address("a".repeat(30), KEY).toString(), "a".repeat(30))
                        .key())
                .isEqualTo(KEY);
        assertThatThrownBy(() -> new Address("a".repeat(31), KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Address("", KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Address("RNS", KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Address("連鎖", KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    static List<String> invalid() {
        return VectorFile.lines("bip-0350/address-invalid.txt").stream()
                .map(line -> line.substring(0, line.indexOf('|')))
                .toList();
    }
}
