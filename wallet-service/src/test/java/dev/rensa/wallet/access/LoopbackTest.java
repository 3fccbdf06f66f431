package dev.rensa.wallet.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void shouldKnowThisMachine(String address) {
        assertThat(Loopback.isLoopback(address)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "localhost", "10.0.0.1", "0.0.0.0", "::", "127.0.0.1.evil.example", "127.0.0.1,10.0.0.1"
            })
    void shouldTakeNothingElseForIt(String address) {
        assertThat(Loopback.isLoopback(address)).isFalse();
    }
}
