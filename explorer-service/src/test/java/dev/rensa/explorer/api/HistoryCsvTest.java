package dev.rensa.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryCsvTest {

    @Test
    void shouldQuoteWhateverAMemoHolds() {
        assertThat(HistoryCsv.quoted("")).isEqualTo("\"\"");
        assertThat(HistoryCsv.quoted("a \"b\", c\nd")).isEqualTo("\"a \"\"b\"\", c\nd\"");
        assertThat(HistoryCsv.quoted("=HYPERLINK(1)")).isEqualTo("\"'=HYPERLINK(1)\"");
        assertThat(HistoryCsv.quoted("-5")).isEqualTo("\"'-5\"");
    }
}
