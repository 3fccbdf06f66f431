package dev.rensa.protocol.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WorkTest {

    private static final Work MAX = new Work(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));

    @Test
    void shouldCountTheExpectedHashes() {
        // The chain work that Bitcoin's tools show for its block 0.
        assertThat(Work.ofTarget(CompactTarget.fromHex("1d00ffff")).value()).isEqualTo(0x1_0001_0001L);
        assertThat(Work.ofTarget(CompactTarget.fromHex("207fffff")).value()).isEqualTo(2);
        assertThat(Work.ofTarget(CompactTarget.fromHex("2100ffff")).value()).isEqualTo(1);
    }

    @Test
    void shouldHoldTheWorkOfTheHardestTarget() {
        Work hardest = Work.ofTarget(CompactTarget.fromTarget(BigInteger.ONE));

        assertThat(hardest.value()).isEqualTo(BigInteger.ONE.shiftLeft(255));
    }

    @Test
    void shouldAddAndCompare() {
        Work one = new Work(BigInteger.ONE);
        Work two = one.plus(one);

        assertThat(two).hasToString("2").isGreaterThan(one).isEqualByComparingTo(new Work(BigInteger.TWO));
        assertThat(Work.ZERO.plus(two)).isEqualTo(two);
        assertThatThrownBy(() -> MAX.plus(one)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Work(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRoundTripThroughThirtyTwoBytes() {
        Work small = new Work(BigInteger.valueOf(0x80));

        assertThat(Work.fromBytes(small.toBytes())).isEqualTo(small);
        assertThat(Work.fromBytes(MAX.toBytes())).isEqualTo(MAX);
        assertThat(HexFormat.of().formatHex(small.toBytes())).isEqualTo("00".repeat(31) + "80");
        assertThat(HexFormat.of().formatHex(MAX.toBytes())).isEqualTo("ff".repeat(32));
        assertThat(Work.ZERO.toBytes()).isEqualTo(new byte[32]);
        assertThatThrownBy(() -> Work.fromBytes(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Work.fromBytes(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }
}
