package dev.rensa.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"node:1", "a.b-c.svc.cluster.local:7400", "10.0.0.1:65535", "[::1]:7400", "[fe80::a:1]:80"})
    void shouldReadWhatItPrints(String text) {
        assertThat(PeerAddress.parse(text)).hasToString(text);
    }

    @Test
    void shouldHaveOneSpelling() {
        assertThat(PeerAddress.parse("Node.Example:7400")).isEqualTo(new PeerAddress("node.example", 7400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node",
                ":7400",
                "node:",
                "node:0",
                "node:65536",
                "node:x",
                "::1:7400",
                "a b:1",
                "[::1]7400",
                "[::1]",
                "-a:1"
            })
    void shouldSayWhatIsWrong(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerAddress.parse(text));
    }

    @Test
    void shouldLeaveOutTheZoneOfALiteral() {
        assertThat(PeerAddress.withoutZone("fe80::a:1%eth0")).isEqualTo("fe80::a:1");
        assertThat(PeerAddress.withoutZone("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void shouldNotRepeatControlCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerAddress.parse("no\nde:1"))
                .withMessageContaining("no?de");
    }
}
