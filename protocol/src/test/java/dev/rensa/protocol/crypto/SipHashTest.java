package dev.rensa.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {

    /** The key and the input of the reference implementation's vectors: ascending bytes. */
    private static final long KEY_0 = 0x0706050403020100L;

    private static final long KEY_1 = 0x0f0e0d0c0b0a0908L;

    @Test
    void shouldGiveTheReferenceVectorOf32Bytes() {
        byte[] input = new byte[32];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i;
        }

        assertThat(SipHash.hash(KEY_0, KEY_1, Hash.of(input))).isEqualTo(0x7127512f72f27cceL);
    }

    @Test
    void shouldDependOnBothHalvesOfTheKeyAndOnEveryWord() {
        long hash = SipHash.hash(1, 2, Hash.ZERO);

        assertThat(SipHash.hash(2, 2, Hash.ZERO)).isNotEqualTo(hash);
        assertThat(SipHash.hash(1, 1, Hash.ZERO)).isNotEqualTo(hash);
        for (int at = 0; at < Bytes32.LENGTH; at += Long.BYTES) {
            byte[] other = new byte[Bytes32.LENGTH];
            other[at] = 1;
            assertThat(SipHash.hash(1, 2, Hash.of(other))).isNotEqualTo(hash);
        }
    }
}
