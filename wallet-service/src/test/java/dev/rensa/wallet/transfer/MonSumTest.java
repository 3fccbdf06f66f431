package dev.rensa.wallet.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonSumTest {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @Test
    void shouldBeExactOrTheMostThatThereIs() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("sums are made with -Dseed=" + seed);
        Random random = new Random(seed);
        MonSum sum = new MonSum();
        BigInteger expected = BigInteger.ZERO;
        List<Long> added = new ArrayList<>();

        for (int i = 0; i < 10_000; i++) {
            if (added.isEmpty() || random.nextInt(5) < 3) {
                long mon = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
                sum.add(mon);
                added.add(mon);
                expected = expected.add(BigInteger.valueOf(mon));
            } else {
                long mon = added.remove(random.nextInt(added.size()));
                sum.subtract(mon);
                expected = expected.subtract(BigInteger.valueOf(mon));
            }
            assertThat(sum.mon())
                    .as("with -Dseed=%d", seed)
                    .isEqualTo(expected.min(MOST).longValueExact());
        }
    }

    @Test
    void shouldComeBackFromTheMostThatThereIs() {
        MonSum sum = new MonSum();
        sum.add(Long.MAX_VALUE);
        sum.add(Long.MAX_VALUE);
        assertThat(sum.mon()).isEqualTo(Long.MAX_VALUE);

        sum.subtract(Long.MAX_VALUE);
        sum.subtract(Long.MAX_VALUE - 7);

        assertThat(sum.mon()).isEqualTo(7);
    }
}
