package dev.rensa.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.VectorFile;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Bech32mTest {

    @ParameterizedTest
    @MethodSource("valid")
    void shouldReadAndWriteTheValidStringsOfBip350(String text) {
        Bech32m parts = Bech32m.split(text);

        String written = Bech32m.encode(parts.prefix(), parts.symbols());

        assertThat(written).isEqualTo(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldRefuseTheInvalidStringsOfBip350(Invalid vector) {
        assertThatThrownBy(() -> Bech32m.split(vector.text()).symbols())
                .as(vector.reason())
                .isInstanceOf(InvalidAddressException.class);
    }

    @Test
    void shouldFindAnyOneChangedCharacter() {
        String text = "split1checkupstagehandshakeupstreamerranterredcaperredlc445v";

        for (int i = "split1".length(); i < text.length(); i++) {
            char other = text.charAt(i) == 'q' ? 'p' : 'q';
            String mistyped = text.substring(0, i) + other + text.substring(i + 1);

            assertThatThrownBy(() -> Bech32m.split(mistyped).symbols())
                    .isInstanceOf(InvalidAddressException.class)
                    .hasMessage("the checksum does not match; a character is mistyped");
        }
    }

    @Test
    void shouldNotWriteWhatItWouldNotRead() {
        assertThatThrownBy(() -> Bech32m.encode("", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bech32m.encode("Rns", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bech32m.encode("r s", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bech32m.encode("rns", new byte[81])).isInstanceOf(IllegalArgumentException.class);
        assertThat(Bech32m.encode("rns", new byte[80])).hasSize(90);
    }

    static List<String> valid() {
        return VectorFile.lines("bip-0350/bech32m-valid.txt");
    }

    static List<Invalid> invalid() {
        return VectorFile.lines("bip-0350/bech32m-invalid.txt").stream()
                .map(Invalid::parse)
                .toList();
    }

    record Invalid(String text, String reason) {

        static Invalid parse(String line) {
            List<String> columns = List.of(line.split("\\|", 2));
            String text = columns.get(0);
            if (text.startsWith("\\u")) {
                text = (char) Integer.parseInt(text.substring(2, 6), 16) + text.substring(6);
            }
            return new Invalid(text, columns.get(1));
        }
    }
}
