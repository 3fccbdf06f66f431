package dev.rensa.wallet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayoutReaderTest {

    @Test
    void shouldReadColumnsInAnyOrder() {
        var lines = PayoutReader.csv("amount, recipient\n5,rns1\n");

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().recipient()).isEqualTo("rns1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipient,amount,amount\nrns1,1,100\n", "recipient, coins ,\"coins\"\nrns1,1,100\n"})
    void shouldRefuseAColumnNamedTwiceRatherThanChooseOne(String text) {
        assertThatThrownBy(() -> PayoutReader.csv(text))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("names a column twice");
    }
}
