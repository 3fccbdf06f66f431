package dev.rensa.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void shouldMeasureEverythingUnlessToldOtherwise() {
        Options options = Options.parse(List.of());

        assertThat(options.parts()).isEqualTo("abcdefghi");
        assertThat(options.seconds()).isEqualTo(60);
        assertThat(options.markdown()).isEmpty();
    }

    @Test
    void shouldTakePartsAndSizes() {
        Options options = Options.parse(
                List.of("ad", "--quick", "--seconds", "5", "--store-blocks", "100,200", "--markdown", "table.md"));

        assertThat(options.parts()).isEqualTo("ad");
        assertThat(options.seconds()).isEqualTo(5);
        assertThat(options.storeBlocks()).containsExactly(100, 200);
        assertThat(options.storeAccounts()).containsExactly(10_000);
        assertThat(options.markdown()).isEqualTo("table.md");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> Options.parse(List.of("x"))).hasMessageContaining("no part 'x'");
        assertThatThrownBy(() -> Options.parse(List.of("--seconds", "0"))).hasMessageContaining("not '0'");
        assertThatThrownBy(() -> Options.parse(List.of("--seconds"))).hasMessageContaining("takes a value");
        assertThatThrownBy(() -> Options.parse(List.of("--colour", "red")))
                .hasMessageContaining("no option '--colour'");
    }
}
