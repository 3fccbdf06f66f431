package dev.rensa.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PrivateKeyTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private static final String LARGEST = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
    private static final String SECRET = "b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef";

    @Test
    void shouldNotLeakThroughToString() {
        PrivateKey key = PrivateKey.of(HEX.parseHex(SECRET));

        assertThat(key.toString()).isEqualTo("PrivateKey[hidden]");
        assertThat(String.valueOf(key)).doesNotContainIgnoringCase(SECRET.substring(0, 8));
        assertThat("%s".formatted(key)).doesNotContainIgnoringCase(SECRET.substring(0, 8));
    }

    @Test
    void shouldNotLeakThroughTheMessageOfARefusal() {
        assertThatThrownBy(() -> PrivateKey.of(HEX.parseHex(ORDER)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContainIgnoringCase(ORDER.substring(32, 40));
    }

    @Test
    void shouldAcceptExactlyTheNumbersBelowTheOrderOfTheGroup() {
        assertThat(PrivateKey.of(HEX.parseHex(LARGEST)).publicKey())
                .isEqualTo(PrivateKey.of(HEX.parseHex("00".repeat(31) + "01")).publicKey());
        assertThatThrownBy(() -> PrivateKey.of(HEX.parseHex(ORDER))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrivateKey.of(HEX.parseHex("ff".repeat(32))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrivateKey.of(new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrivateKey.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PrivateKey.of(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepACopyOfItsOwn() {
        byte[] secret = HEX.parseHex(SECRET);
        PrivateKey key = PrivateKey.of(secret);

        secret[0] = 0;
        key.toBytes()[1] = 0;

        assertThat(key.toBytes()).isEqualTo(HEX.parseHex(SECRET));
    }

    @Test
    void shouldBeOfNoUseOnceDestroyed() {
        PrivateKey key = PrivateKey.of(HEX.parseHex(SECRET));
        PublicKey publicKey = key.publicKey();

        key.destroy();
        key.destroy();

        assertThat(key.isDestroyed()).isTrue();
        assertThat(key.publicKey()).isEqualTo(publicKey);
        assertThatThrownBy(key::toBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Schnorr.sign(key, new byte[32], new byte[32]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeWipedAtTheEndOfItsBlock() {
        PrivateKey used;

        try (PrivateKey key = PrivateKey.of(HEX.parseHex(SECRET))) {
            used = key;
            assertThat(key.isDestroyed()).isFalse();
        }

        assertThat(used.isDestroyed()).isTrue();
    }
}
