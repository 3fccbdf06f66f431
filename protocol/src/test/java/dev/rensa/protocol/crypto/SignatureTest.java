package dev.rensa.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final String HEX = "0123456789abcdef".repeat(8);

    @Test
    void shouldRoundTripThroughEveryForm() {
        Signature signature = Signature.fromHex(HEX);
        byte[] larger = new byte[70];

        signature.writeTo(larger, 3);

        assertThat(signature.toHex()).isEqualTo(HEX);
        assertThat(signature.toString()).isEqualTo(HEX);
        assertThat(Signature.of(signature.toBytes())).isEqualTo(signature).hasSameHashCodeAs(signature);
        assertThat(Signature.of(larger, 3)).isEqualTo(signature);
        assertThat(Signature.of(larger, 2)).isNotEqualTo(signature);
    }

    @Test
    void shouldNotChangeWithTheArraysAroundIt() {
        byte[] source = new byte[64];
        Signature signature = Signature.of(source);

        source[0] = 1;
        signature.toBytes()[1] = 1;

        assertThat(signature.toHex()).isEqualTo("00".repeat(64));
    }

    @Test
    void shouldRefuseOtherLengths() {
        assertThatThrownBy(() -> Signature.of(new byte[63])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signature.of(new byte[65])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signature.of(new byte[64], 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Signature.of(new byte[64], -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Signature.fromHex(HEX + "00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signature.fromHex("g".repeat(128))).isInstanceOf(IllegalArgumentException.class);
    }
}
