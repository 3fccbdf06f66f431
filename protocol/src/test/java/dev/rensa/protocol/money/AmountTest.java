package dev.rensa.protocol.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AmountTest {

    @Test
    void shouldReadAndWriteCoinsExactly() {
        assertThat(Amount.ofCoins("1.5").mon()).isEqualTo(150_000_000);
        assertThat(Amount.ofCoins("0.00000001").mon()).isEqualTo(1);
        assertThat(Amount.ofMon(1).toCoins()).isEqualTo("0.00000001");
        assertThat(Amount.ofCoins(1200).toCoins()).isEqualTo("1200");
        assertThat(Amount.ZERO.toCoins()).isEqualTo("0");
    }

    @Test
    void shouldRefuseWhatCannotBeCounted() {
        assertThatThrownBy(() -> Amount.ofCoins("0.000000001")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.ofCoins("-1")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.ofCoins("92233720369")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.ofMon(-1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldNeverWrapAround() {
        Amount largest = Amount.ofMon(Long.MAX_VALUE);

        assertThatThrownBy(() -> largest.plus(Amount.ofMon(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.ZERO.minus(Amount.ofMon(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.ofCoins(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }
}
