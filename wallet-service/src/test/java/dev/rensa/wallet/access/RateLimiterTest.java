package dev.rensa.wallet.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = -7 * SECOND;
    private final RateLimiter limiter = new RateLimiter(() -> now);

    @Test
    void shouldLetABurstOfTwoSecondsPassAndThenSoManyASecond() {
        for (int i = 0; i < 10; i++) {
            assertThat(limiter.take("a", 5)).isZero();
        }
        assertThat(limiter.take("a", 5)).isOne();

        now += SECOND;

        for (int i = 0; i < 5; i++) {
            assertThat(limiter.take("a", 5)).isZero();
        }
        assertThat(limiter.take("a", 5)).isOne();
    }

    @Test
    void shouldSayHowLongToWait() {
        assertThat(limiter.take("a", 0.1)).isZero();

        assertThat(limiter.take("a", 0.1)).isEqualTo(10);
        now += 10 * SECOND;
        assertThat(limiter.take("a", 0.1)).isZero();
    }

    @Test
    void shouldCountEachClientAloneAndRememberNoMoreThanItMay() {
        assertThat(limiter.take("a", 0.5)).isZero();
        assertThat(limiter.take("b", 0.5)).isZero();
        assertThat(limiter.take("a", 0.5)).isPositive();

        for (int i = 0; i < RateLimiter.MAX_CLIENTS + 10; i++) {
            limiter.take("client " + i, 0.5);
        }

        assertThat(limiter.clients()).isEqualTo(RateLimiter.MAX_CLIENTS);
    }
}
