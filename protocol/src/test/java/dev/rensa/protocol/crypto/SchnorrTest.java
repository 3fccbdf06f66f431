package dev.rensa.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.VectorFile;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchnorrTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NO_RANDOMNESS = new byte[32];

    @ParameterizedTest
    @MethodSource("rowsWithinTheBinding")
    void shouldVerifyAsThePublishedVectorsSay(Row row) {
        Signature signature = Signature.fromHex(row.signature());

        boolean valid = Schnorr.verify(PublicKey.fromHex(row.publicKey()), row.messageBytes(), signature);

        assertThat(valid).as(row.comment()).isEqualTo(row.valid());
    }

    @ParameterizedTest
    @MethodSource("rowsWithSecret")
    void shouldSignAsThePublishedVectorsSay(Row row) {
        PrivateKey key = PrivateKey.of(HEX.parseHex(row.secretKey()));

        Signature signature = Schnorr.sign(key, row.messageBytes(), HEX.parseHex(row.randomness()));

        assertThat(key.publicKey()).isEqualTo(PublicKey.fromHex(row.publicKey()));
        assertThat(signature).isEqualTo(Signature.fromHex(row.signature()));
    }

    /** The rows added in 2022-12 sign messages of other lengths, which the binding's API cannot express. */
    @Test
    void shouldLeaveOutOnlyTheFourRowsWhoseMessagesAreNotThirtyTwoBytesLong() {
        List<Row> beyond = allRows().stream()
                .filter(row -> row.messageBytes().length != Schnorr.MESSAGE_LENGTH)
                .toList();

        assertThat(allRows()).hasSize(19);
        assertThat(rowsWithinTheBinding()).hasSize(15);
        assertThat(beyond).extracting(Row::index).containsExactly(15, 16, 17, 18);
        assertThat(beyond).extracting(row -> row.messageBytes().length).containsExactly(0, 1, 17, 100);
        assertThat(beyond)
                .allSatisfy(row -> assertThatThrownBy(() -> Schnorr.verify(
                                PublicKey.fromHex(row.publicKey()),
                                row.messageBytes(),
                                Signature.fromHex(row.signature())))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("32 bytes"));
    }

    @Test
    void shouldAnswerFalseAndNeverThrowForBytesFromAnybody() {
        Random random = new Random(42);
        byte[] message = new byte[32];

        for (int i = 0; i < 2_000; i++) {
            byte[] key = new byte[32];
            byte[] signature = new byte[64];
            random.nextBytes(key);
            random.nextBytes(signature);

            assertThat(Schnorr.verify(PublicKey.of(key), message, Signature.of(signature)))
                    .isFalse();
        }
        assertThat(Schnorr.verify(PublicKey.ZERO, message, Signature.of(new byte[64])))
                .isFalse();
    }

    @Test
    void shouldRefuseASignatureWithAnyBitChanged() {
        PrivateKey key = PrivateKey.of(HEX.parseHex("01".repeat(32)));
        byte[] message = Sha256.hash(new byte[] {1, 2, 3});
        byte[] signature = Schnorr.sign(key, message, NO_RANDOMNESS).toBytes();

        for (int bit = 0; bit < 8 * Signature.LENGTH; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(Schnorr.verify(key.publicKey(), message, Signature.of(changed)))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void shouldSignWithAnyRandomnessOfTheRightLength() {
        PrivateKey key = PrivateKey.of(HEX.parseHex("02".repeat(32)));
        byte[] message = Sha256.hash(new byte[] {4});
        byte[] randomness = HEX.parseHex("03".repeat(32));

        Signature first = Schnorr.sign(key, message, NO_RANDOMNESS);
        Signature second = Schnorr.sign(key, message, randomness);

        assertThat(first).isNotEqualTo(second);
        assertThat(Schnorr.verify(key.publicKey(), message, first)).isTrue();
        assertThat(Schnorr.verify(key.publicKey(), message, second)).isTrue();
        assertThatThrownBy(() -> Schnorr.sign(key, message, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("randomness");
        assertThatThrownBy(() -> Schnorr.sign(key, new byte[33], NO_RANDOMNESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message");
    }

    static List<Row> rowsWithinTheBinding() {
        return allRows().stream()
                .filter(row -> row.messageBytes().length == Schnorr.MESSAGE_LENGTH)
                .toList();
    }

    static List<Row> rowsWithSecret() {
        return rowsWithinTheBinding().stream()
                .filter(row -> !row.secretKey().isEmpty())
                .toList();
    }

    private static List<Row> allRows() {
        return VectorFile.allLines("bip-0340/test-vectors.csv").stream()
                .skip(1)
                .map(Row::parse)
                .toList();
    }

    record Row(
            int index,
            String secretKey,
            String publicKey,
            String randomness,
            String message,
            String signature,
            boolean valid,
            String comment) {

        static Row parse(String line) {
            List<String> columns = List.of(line.split(",", 8));
            return new Row(
                    Integer.parseInt(columns.get(0)),
                    columns.get(1),
                    columns.get(2),
                    columns.get(3),
                    columns.get(4),
                    columns.get(5),
                    Boolean.parseBoolean(columns.get(6).toLowerCase(Locale.ROOT)),
                    columns.get(7));
        }

        byte[] messageBytes() {
            return HEX.parseHex(message);
        }

        @Override
        public String toString() {
            return "row " + index + " " + comment;
        }
    }
}
