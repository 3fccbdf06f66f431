package dev.rensa.wallet.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicTest {

    private static final String ABANDON =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon" + " abandon abandon about";

    @ParameterizedTest
    @CsvFileSource(resources = "bip39-english-vectors.csv")
    void shouldAgreeWithTheOfficialVectors(String entropy, String words, String seed, String root) {
        Mnemonic mnemonic = Mnemonic.ofEntropy(HexFormat.of().parseHex(entropy));

        assertThat(mnemonic.words()).isEqualTo(words);
        assertThat(HexFormat.of().formatHex(Mnemonic.parse(words).toEntropy())).isEqualTo(entropy);
        assertThat(HexFormat.of().formatHex(mnemonic.toSeed("TREZOR"))).isEqualTo(seed);
        assertThat(ExtendedKeyTest.encode(ExtendedKey.ofSeed(mnemonic.toSeed("TREZOR"))))
                .isEqualTo(ExtendedKeyTest.keyAndChainCode(root));
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 24})
    void shouldMakeWordsThatItReadsAgain(int count) {
        Mnemonic fresh = Mnemonic.generate(new SecureRandom(), count);

        String words = fresh.words();

        assertThat(words.split(" ", -1)).hasSize(count);
        assertThat(Mnemonic.parse(
                                "  " + words.toUpperCase(java.util.Locale.ROOT).replace(" ", " \n "))
                        .words())
                .isEqualTo(words);
    }

    @Test
    void shouldRefuseAWrongChecksum() {
        String wrong = ABANDON.replace("about", "abandon");

        assertThatThrownBy(() -> Mnemonic.parse(wrong))
                .isInstanceOf(InvalidMnemonicException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void shouldNameThePlaceOfAnUnknownWordAndNotTheWord() {
        String wrong = ABANDON.replaceFirst("abandon", "secretword");

        assertThatThrownBy(() -> Mnemonic.parse(wrong))
                .isInstanceOf(InvalidMnemonicException.class)
                .hasMessageContaining("word 1")
                .hasMessageNotContaining("secretword");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "abandon", "abandon abandon abandon abandon abandon abandon abandon abandon about"})
    void shouldRefuseAnotherNumberOfWords(String words) {
        assertThatThrownBy(() -> Mnemonic.parse(words))
                .isInstanceOf(InvalidMnemonicException.class)
                .hasMessageContaining("12, 15, 18, 21 or 24");
    }

    @Test
    void shouldStayOutOfItsText() {
        assertThat(Mnemonic.parse(ABANDON)).hasToString("Mnemonic[hidden]");
    }
}
