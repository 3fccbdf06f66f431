package dev.rensa.protocol.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rensa.protocol.crypto.BlockHash;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTargetTest {

    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    @ParameterizedTest
    @CsvSource({
        "01010000, 1",
        "01120000, 12",
        "02008000, 80",
        "02123400, 1234",
        "03123456, 123456",
        "04123456, 12345600",
        "05009234, 92340000",
        "1d00ffff, ffff0000000000000000000000000000000000000000000000000000",
        "20123456, 1234560000000000000000000000000000000000000000000000000000000000",
        "207fffff, 7fffff0000000000000000000000000000000000000000000000000000000000",
        "2100ffff, ffff000000000000000000000000000000000000000000000000000000000000",
    })
    void shouldReadAndWriteBitcoinsForm(String bits, String target) {
        CompactTarget compact = CompactTarget.fromHex(bits);

        assertThat(compact.target()).isEqualTo(new BigInteger(target, 16));
        assertThat(compact.toHex()).isEqualTo(bits);
        assertThat(compact).hasToString("0x" + bits);
        assertThat(CompactTarget.fromTarget(compact.target()))
                .isEqualTo(compact)
                .hasSameHashCodeAs(compact);
        assertThat(CompactTarget.isValid(compact.bits())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"04923456", "01fedcba", "1d80ffff", "ff800001"})
    void shouldRefuseNegativeNumbers(String bits) {
        assertRefused(bits, "negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00123456", "01003456", "02000056", "1d000000", "ff000000"})
    void shouldRefuseZero(String bits) {
        assertRefused(bits, "zero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"21010000", "22000100", "23000001", "217fffff", "ff123456", "ff000001"})
    void shouldRefuseMoreThan256Bits(String bits) {
        assertRefused(bits, "more than 256 bits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01123456", "01120001", "02123456", "1d007fff", "1e0000ff", "22000001", "03000001"})
    void shouldRefuseEverySecondSpelling(String bits) {
        assertRefused(bits, "not the shortest encoding");
    }

    @Test
    void shouldAgreeOnWhatIsValidForAnyBits() {
        Random random = new Random(7);

        for (int i = 0; i < 100_000; i++) {
            // Half of the sizes lie in the range that means something.
            int bits = (random.nextInt(70) << 24) | random.nextInt(1 << 24);
            if (CompactTarget.isValid(bits)) {
                CompactTarget compact = CompactTarget.of(bits);

                assertThat(CompactTarget.fromTarget(compact.target()).bits()).isEqualTo(bits);
            } else {
                assertThatThrownBy(() -> CompactTarget.of(bits)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void shouldRoundANumberDown() {
        Random random = new Random(8);

        for (int i = 0; i < 10_000; i++) {
            BigInteger number = new BigInteger(1 + random.nextInt(256), random)
                    .add(BigInteger.ONE)
                    .min(MAX);

            BigInteger rounded = CompactTarget.fromTarget(number).target();

            assertThat(rounded).isPositive().isLessThanOrEqualTo(number);
            assertThat(number.subtract(rounded).shiftLeft(15)).isLessThan(number.shiftLeft(1));
        }
        assertThatThrownBy(() -> CompactTarget.fromTarget(BigInteger.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CompactTarget.fromTarget(BigInteger.ONE.negate()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CompactTarget.fromTarget(MAX.add(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeMetByHashesUpToAndIncludingTheTarget() {
        CompactTarget compact = CompactTarget.fromHex("1d00ffff");
        BlockHash equal = BlockHash.fromHex("00000000ffff" + "00".repeat(26));
        BlockHash oneMore = BlockHash.fromHex("00000000ffff" + "00".repeat(25) + "01");
        // Bitcoin's block 0, most significant byte first.
        BlockHash bitcoin = BlockHash.fromHex("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");

        assertThat(compact.isMetBy(BlockHash.ZERO)).isTrue();
        assertThat(compact.isMetBy(bitcoin)).isTrue();
        assertThat(compact.isMetBy(equal)).isTrue();
        assertThat(compact.isMetBy(oneMore)).isFalse();
        assertThat(compact.isMetBy(BlockHash.fromHex("ff".repeat(32)))).isFalse();
    }

    @Test
    void shouldCompareHashesAsUnsignedNumbers() {
        CompactTarget easiest = CompactTarget.fromHex("2100ffff");

        assertThat(easiest.isMetBy(BlockHash.fromHex("fffe" + "ff".repeat(30)))).isTrue();
        assertThat(easiest.isMetBy(BlockHash.fromHex("7f" + "ff".repeat(31)))).isTrue();
        assertThat(easiest.isMetBy(BlockHash.fromHex("ffff" + "00".repeat(29) + "01")))
                .isFalse();
    }

    private static void assertRefused(String bits, String reason) {
        assertThat(CompactTarget.isValid(Integer.parseUnsignedInt(bits, 16))).isFalse();
        assertThatThrownBy(() -> CompactTarget.of(Integer.parseUnsignedInt(bits, 16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(bits)
                .hasMessageContaining(reason);
    }
}
