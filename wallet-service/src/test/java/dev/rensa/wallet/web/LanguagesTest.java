package dev.rensa.wallet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LanguagesTest {

    @Test
    void shouldTakeTheNamedLanguageThenTheKeptOneThenTheBrowsersThenEnglish() {
        assertThat(Languages.choose("ja", "en", List.of(Locale.ENGLISH))).isEqualTo(Locale.JAPANESE);
        assertThat(Languages.choose(null, "ja", List.of(Locale.ENGLISH))).isEqualTo(Locale.JAPANESE);
        assertThat(Languages.choose("xx", "yy", List.of(Locale.FRENCH, Locale.JAPAN)))
                .isEqualTo(Locale.JAPANESE);
        assertThat(Languages.choose(null, null, List.of(Locale.US, Locale.JAPANESE)))
                .isEqualTo(Locale.ENGLISH);
        assertThat(Languages.choose(null, null, List.of(Locale.FRENCH))).isEqualTo(Locale.ENGLISH);
        assertThat(Languages.choose(null, null, List.of())).isEqualTo(Locale.ENGLISH);
    }
}
